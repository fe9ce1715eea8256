package io.tuodui.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Wrong settings and accounts are told at once, before any server is started. */
class SettingsIT {
  private static final Path FOLDER = Tuodui.folder("settings");

  @BeforeAll
  static void writeFiles() throws IOException {
    Files.writeString(FOLDER.resolve("ids.txt"), "520000000325\n");
    Files.writeString(
        FOLDER.resolve("good.yaml"), "accounts: [{name: a, app-key: 1, app-secret: s}]\n");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '\0',
      textBlock =
          """
          accounts: []                                                    | No accounts are configured in
          accounts: nonsense                                              | must be accounts: [{name,
          accounts: [{name: a                                             | not valid YAML at line
          accounts: [{name: a, app-secret: s}]                            | app-key of account 1
          accounts: [{app-key: 1, app-secret: s}]                         | name of account 1
          accounts: [{name: a, app-key: abc, app-secret: s}]              | must be digits only
          accounts: [{name: a, app-key: 1, app-secret: ''}]               | app-secret of account 1
          accounts: [{name: a, app-key: 1, app-secret: "${NOT_SET_X}"}]   | NOT_SET_X is not set
          accounts: [{name: a, app-key: 1, app-secret: s, limits: {per-second: ten}}] | limits.per-second
          accounts: [{name: a, app-key: 1, app-secret: s, limits: {per-second: 0}}] | The limits of account 1
          accounts: [{name: a, app-key: 1, app-secret: s}, {name: a, app-key: 2, app-secret: s}] | used twice
          """)
  void saysWhatIsWrongWithTheAccounts(String accounts, String told) throws IOException {
    Files.writeString(FOLDER.resolve("accounts.yaml"), accounts);

    failsWith(told, "--tuodui.accounts-file=accounts.yaml").contains("accounts.yaml");
  }

  @Test
  void saysWhereAccountsBelongWhenThereAreNone() {
    failsWith("--tuodui.accounts-file=");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          --tuodui.accounts-file=nowhere.yaml     | nowhere.yaml is not there
          --tuodui.gateway.base-url=gw.1688.com   | tuodui.gateway.base-url is gw.1688.com
          --tuodui.gateway.dialect=top            | There is no dialect 'top': use aop
          --tuodui.gateway.api=nonsense           | There is no item API 'nonsense'
          --tuodui.collect.batch-size=0           | tuodui.collect.batch-size is 0
          --tuodui.queue.shards=x                 | tuodui.queue.shards cannot be read from 'x'
          --tuodui.collect.lease=soon             | tuodui.collect.lease cannot be read from 'soon'
          --tuodui.limits.guard-maximum=10ms      | tuodui.limits.guard-maximum is 10 ms, less than
          --tuodui.schedule.sweep=often           | tuodui.schedule.sweep is often: it must be a Quartz cron expression
          --tuodui.data-dri=x                     | There is no setting tuodui.data-dri: did you mean tuodui.data-dir?
          """)
  void saysWhichSettingIsWrong(String setting, String told) {
    failsWith(told, "--tuodui.accounts-file=good.yaml", setting);
  }

  @Test
  void doesNotRepeatWhatMayHoldASecret() {
    failsWith("tuodui.accounts cannot be read", "--tuodui.accounts=[{app-secret: hush-hush}]")
        .doesNotContain("hush-hush");
  }

  @Test
  void saysWhereApplicationYamlIsBroken() throws IOException {
    Path folder = Tuodui.folder("settings-broken");
    Files.writeString(folder.resolve("ids.txt"), "520000000325\n");
    Files.writeString(folder.resolve("application.yaml"), "tuodui:\n  data-dir: [x\n");

    Tuodui.Result result = Tuodui.run(folder, "collect", "ids.txt");

    assertThat(result.exitCode()).isEqualTo(1);
    assertThat(result.err()).startsWith("tuodui: ").contains("application.yaml").contains("line 3");
  }

  private static org.assertj.core.api.AbstractStringAssert<?> failsWith(
      String told, String... settings) {
    List<String> arguments =
        new ArrayList<>(List.of("collect", "ids.txt", "--json", "--server.port=0"));
    arguments.addAll(List.of(settings));
    Tuodui.Result result = Tuodui.run(FOLDER, arguments.toArray(String[]::new));

    assertThat(result.exitCode()).isEqualTo(1);
    assertThat(result.out()).isEmpty();
    assertThat(result.err().lines()).hasSizeLessThanOrEqualTo(4);
    assertThat(FOLDER.resolve("data")).doesNotExist();
    return assertThat(result.err()).startsWith("tuodui: ").contains(told);
  }
}
