package io.tuodui.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What needs no node: help, lists for the simulator, and mistakes in the command line. */
class CommandLineIT {
  private static final Path FOLDER = Tuodui.folder("command-line");

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          help                    | Usage: tuodui
          --help                  | Usage: tuodui
          help collect            | Usage: tuodui collect
          collect --help          | --tuodui.accounts-file=
          demo -h                 | --faults=KIND
          serve --help            | --key=value
          simulator --help        | --latency=MS
          explain --help          | ITEM_ID
          dead-letters --help     | replay
          dead-letters replay -h  | --dry-run
          version --help          | Usage: tuodui version
          prepare --help          | Usage: tuodui prepare
          version                 | Java
          --version               | Java
          simulator ids --version | Java
          """)
  void answersOnStandardOutput(String arguments, String answer) {
    Tuodui.Result result = Tuodui.run(FOLDER, arguments.split(" "));

    assertThat(result.exitCode()).isZero();
    assertThat(result.out()).contains(answer);
    assertThat(result.err()).isEmpty();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          nonsense                                 | 'nonsense'
          collect                                  | FILE
          collect ids.txt --jsn                    | --jsn
          collect ids.txt --server.port            | --server.port
          collect ids.txt --server.port 0          | --server.port
          serve now                                | now
          prepare --now                            | prepare takes no options, so not: --now
          demo --idz 3                             | --idz
          demo --ids                               | --ids
          demo --ids many                          | 'many' is no whole number
          demo --ids 99999999999                   | '99999999999' is too large
          demo --ids 0                             | --ids must be at least 1
          demo --accounts 0                        | --accounts must be from 1
          demo --faults=some                       | 'some'
          demo --spring.data.redis.host=redis      | demo brings its own stores, accounts and gateway: leave out --spring.data.redis.host
          demo --spring.datasource.url=jdbc:mysql://h/tuodui | --spring.datasource.url
          demo --tuodui.dataDir=data               | --tuodui.dataDir
          demo --tuodui.gateway.base-url=https://gw.open.1688.com | --tuodui.gateway.base-url
          simulator --port 99999                   | port must be from 0 to 65535
          simulator --jitter x                     | 'x' is no whole number
          simulator ids -1                         | must be 0 or more
          simulator ids five                       | 'five' is no whole number
          simulator accounts                       | N
          explain                                  | ITEM_ID
          explain abc                              | not a number: write the item id in digits
          explain -5                               | -5
          explain 1234567890123456789012           | too many digits
          dead-letters                             | subcommand
          dead-letters list --class nonsense       | 'nonsense'
          dead-letters list --since yesterday      | 'yesterday' is no time: write 2026-07-31
          dead-letters count --item abc            | 'abc' is no item id
          dead-letters replay --class invalid      | --limit
          dead-letters replay --limit 5            | --all-letters
          dead-letters replay --limit 0 --job 1    | --limit must be at least 1
          dead-letters discard --limit 5           | --all-letters
          dead-letters discard --limit 5 --job 1 --all-letters | leave it or the filter out
          jobs                                     | subcommand
          jobs list --limit 0                      | --limit must be at least 1
          jobs pause x                             | 'x' is no whole number
          jobs pause 0                             | 0 is no number of a job
          jobs priority 1 urgent                   | 'urgent'
          reconcile now                            | now
          """)
  void namesTheMistakeInFewLines(String arguments, String named) {
    Tuodui.Result result = Tuodui.run(FOLDER, arguments.split(" "));

    assertThat(result.exitCode()).isEqualTo(2);
    assertThat(result.out()).isEmpty();
    assertThat(result.err()).startsWith("tuodui: ").contains(named).contains("--help");
    assertThat(result.err().lines()).hasSizeLessThanOrEqualTo(4);
  }

  @Test
  void printsIdsOnePerLine() {
    Tuodui.Result result = Tuodui.run(FOLDER, "simulator", "ids", "5");

    assertThat(result.exitCode()).isZero();
    assertThat(result.out().lines()).hasSize(5).doesNotHaveDuplicates();
    assertThat(result.out().lines()).allMatch(line -> line.matches("\\d{6,15}"));
    assertThat(result.err()).isEmpty();
  }

  @Test
  void printsAnAccountsFile() {
    Tuodui.Result result = Tuodui.run(FOLDER, "simulator", "accounts", "2", "--per-second", "7");

    assertThat(result.exitCode()).isZero();
    assertThat(result.out()).startsWith("accounts:").contains("per-second: 7");
    assertThat(result.out().lines().filter(line -> line.contains("app-key"))).hasSize(2);
    assertThat(result.err()).isEmpty();
  }

  @Test
  void saysThatAFileIsMissingBeforeAnythingStarts() {
    Tuodui.Result result = Tuodui.run(FOLDER, "collect", "nowhere.txt", "--server.port=0");

    assertThat(result.exitCode()).isEqualTo(1);
    assertThat(result.err()).isEqualTo("tuodui: nowhere.txt is not there or cannot be read.\n");
    assertThat(FOLDER.resolve("data")).doesNotExist();
  }
}
