package io.tuodui.command;

import io.tuodui.deadletter.DeadLetters;
import java.util.List;
import java.util.Map;
import org.springframework.context.ConfigurableApplicationContext;
import picocli.CommandLine.Command;

/** {@code tuodui dead-letters discard}: nothing more is to be done about them. */
@Command(
    name = "discard",
    mixinStandardHelpOptions = true,
    description =
        "Marks dead letters as needing nothing more: they are no longer listed or counted. Their ids"
            + " stay dead in the ledger.")
final class DiscardCommand extends DeadLetterChange {

  @Override
  int run(ConfigurableApplicationContext stores) {
    long letters = stores.getBean(DeadLetters.class).discard(filter(), limit(), dryRun());
    print(
        stores,
        Map.of("dryRun", dryRun(), "letters", letters),
        List.of(
            count(letters, "dead letter")
                + (dryRun() ? " would be discarded; nothing was changed" : " discarded")));
    return 0;
  }
}
