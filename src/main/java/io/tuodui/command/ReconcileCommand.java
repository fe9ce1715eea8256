package io.tuodui.command;

import io.tuodui.reconcile.Reconciled;
import io.tuodui.reconcile.Reconciliation;
import java.util.List;
import java.util.Locale;
import org.springframework.context.ConfigurableApplicationContext;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code tuodui reconcile}: compares the stores and repairs what does not agree. */
@Command(
    name = "reconcile",
    mixinStandardHelpOptions = true,
    description = {
      "Compares MySQL, Redis and MongoDB and repairs what does not agree, beside running nodes.",
      "--key=value sets any property, for example --tuodui.reconcile.finished-within=7d."
    })
public final class ReconcileCommand extends StoresCommand {
  @Option(names = "--dry-run", description = "Counts what would be repaired, and changes nothing.")
  private boolean dryRun;

  @Option(
      names = "--all",
      description =
          "Looks through the items of all jobs, not only of those that are open or finished within"
              + " tuodui.reconcile.finished-within.")
  private boolean all;

  @Override
  int run(ConfigurableApplicationContext stores) {
    Reconciled result = stores.getBean(Reconciliation.class).run(all, dryRun);
    print(stores, result, List.of(text(result)));
    return 0;
  }

  private static String text(Reconciled result) {
    return String.format(
        Locale.ROOT,
        """
        %s
          put back  %,d of %,d open ids, which the queue lacked
          dropped   %,d of %,d queued ids, which had ended
          reopened  %,d of %,d succeeded ids in %,d jobs, which had no row or no raw reply%s""",
        result.dryRun() ? "Nothing is changed; this would be repaired:" : "Repaired:",
        result.putBack(),
        result.open(),
        result.dropped(),
        result.due(),
        result.reopened(),
        result.succeeded(),
        result.jobs(),
        result.unknown() == 0
            ? ""
            : String.format(
                Locale.ROOT, "%n  unknown   %,d queued ids, which no job has", result.unknown()));
  }
}
