package io.tuodui.embedded;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/**
 * Starts a program in a session of its own. Ctrl-C in a terminal goes to every process of the
 * terminal's foreground group: without this it would stop Redis at once, while the application
 * still needs it to finish and acknowledge the work in its hands.
 */
final class OwnSession {

  private OwnSession() {}

  /** What to put before a command line; nothing where the system offers no way. */
  static List<String> prefix() {
    return Stream.of("/usr/bin/setsid", "/bin/setsid")
        .filter(program -> Files.isExecutable(Path.of(program)))
        .findFirst()
        .map(List::of)
        .orElseGet(OwnSession::perl);
  }

  /** macOS has no setsid program, but a Perl that can. */
  private static List<String> perl() {
    String perl = "/usr/bin/perl";
    return Files.isExecutable(Path.of(perl))
        ? List.of(perl, "-MPOSIX", "-e", "POSIX::setsid(); exec { $ARGV[0] } @ARGV or die $!")
        : List.of();
  }
}
