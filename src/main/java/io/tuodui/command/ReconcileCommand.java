package io.tuodui.command;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.tuodui.StoresApplication;
import io.tuodui.reconcile.Reconciled;
import io.tuodui.reconcile.Reconciliation;
import java.io.IOException;
import java.util.Locale;
import java.util.concurrent.Callable;
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
public final class ReconcileCommand extends SpringSettings implements Callable<Integer> {
  @Option(names = "--dry-run", description = "Counts what would be repaired, and changes nothing.")
  private boolean dryRun;

  @Option(
      names = "--all",
      description =
          "Looks through the items of all jobs, not only of those that are open or finished within"
              + " tuodui.reconcile.finished-within.")
  private boolean all;

  @Option(names = "--json", description = "Prints the result as JSON.")
  private boolean json;

  @Override
  public Integer call() throws IOException {
    try (ConfigurableApplicationContext context = StoresApplication.start(settings())) {
      Reconciled result = context.getBean(Reconciliation.class).run(all, dryRun);
      System.out.println(
          json ? context.getBean(ObjectMapper.class).writeValueAsString(result) : text(result));
      return 0;
    }
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
