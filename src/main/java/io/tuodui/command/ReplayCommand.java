package io.tuodui.command;

import io.tuodui.deadletter.Replay;
import io.tuodui.deadletter.Replayed;
import java.util.List;
import org.springframework.context.ConfigurableApplicationContext;
import picocli.CommandLine.Command;

/** {@code tuodui dead-letters replay}: given-up ids are due again. */
@Command(
    name = "replay",
    mixinStandardHelpOptions = true,
    description = {
      "Makes the ids of dead letters due again, with no attempts counted; their history is kept.",
      "The jobs that hold them are open again until a node has collected them."
    })
final class ReplayCommand extends DeadLetterChange {

  @Override
  int run(ConfigurableApplicationContext stores) {
    Replay replay = stores.getBean(Replay.class);
    Replayed replayed =
        dryRun() ? replay.dryRun(filter(), limit()) : replay.replay(filter(), limit());
    String what =
        count(replayed.items(), "id")
            + " of "
            + count(replayed.letters(), "dead letter")
            + (dryRun() ? " would be due again, in " : " due again, in ")
            + count(replayed.jobs(), "job");
    print(stores, replayed, List.of(dryRun() ? what + "; nothing was changed" : what));
    if (!dryRun() && replayed.items() > 0) {
      System.err.println("A running node collects them; without one, start ./tuodui serve.");
    }
    return 0;
  }
}
