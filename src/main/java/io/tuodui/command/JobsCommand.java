package io.tuodui.command;

import io.tuodui.control.JobControl;
import io.tuodui.control.JobSummary;
import io.tuodui.task.Priority;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.springframework.context.ConfigurableApplicationContext;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code tuodui jobs}: what was submitted, and what a person decides about it. */
@Command(
    name = "jobs",
    mixinStandardHelpOptions = true,
    synopsisSubcommandLabel = "COMMAND",
    description = {
      "Lists, pauses, resumes and cancels jobs, and says which are urgent, beside running nodes.",
      "--key=value sets any property, for example --tuodui.data-dir=data/demo."
    },
    subcommands = {
      JobsCommand.ListJobs.class,
      JobsCommand.Pause.class,
      JobsCommand.Resume.class,
      JobsCommand.Cancel.class,
      JobsCommand.Prioritise.class
    })
public final class JobsCommand {

  /** {@code tuodui jobs list}. */
  @Command(
      name = "list",
      mixinStandardHelpOptions = true,
      description = "Lists jobs, the newest first; times are UTC.")
  static final class ListJobs extends StoresCommand {
    @Option(
        names = "--limit",
        paramLabel = "N",
        defaultValue = "20",
        description = "At most so many. Default: ${DEFAULT-VALUE}.")
    private int limit;

    @Override
    void check() {
      if (limit < 1) {
        throw wrong("--limit must be at least 1, not " + limit);
      }
    }

    @Override
    int run(ConfigurableApplicationContext stores) {
      List<JobSummary> jobs = stores.getBean(JobControl.class).list(limit);
      List<String> lines = new ArrayList<>();
      for (JobSummary job : jobs) {
        lines.add(
            String.format(
                Locale.ROOT,
                "job %d  %-8s  %-6s  %,d of %,d ids open (%d %% done)  since %s%s  %s",
                job.job(),
                job.state(),
                job.priority(),
                job.open(),
                job.accepted(),
                job.accepted() == 0 ? 0 : 100 * (job.accepted() - job.open()) / job.accepted(),
                Times.text(job.startedAt()),
                job.deadline() == null ? "" : "  until " + Times.text(job.deadline()),
                job.origin()));
      }
      print(stores, jobs, lines.isEmpty() ? List.of("No job was submitted yet.") : lines);
      return 0;
    }
  }

  /** One decision about one job. */
  abstract static class Decision extends StoresCommand {
    @Parameters(index = "0", paramLabel = "JOB", description = "The number of the job.")
    private long job;

    @Override
    final void check() {
      if (job < 1) {
        throw wrong(job + " is no number of a job; see ./tuodui jobs list");
      }
    }

    @Override
    final int run(ConfigurableApplicationContext stores) {
      Decided decided = decide(stores.getBean(JobControl.class), job);
      print(
          stores,
          Map.of("job", job, "ids", decided.ids),
          List.of(String.format(Locale.ROOT, decided.said, job, decided.ids)));
      return 0;
    }

    abstract Decided decide(JobControl control, long job);
  }

  /**
   * What a decision came to.
   *
   * @param ids how many it concerns
   * @param said what is printed, of the job and the ids
   */
  record Decided(long ids, String said) {}

  /** {@code tuodui jobs pause}. */
  @Command(
      name = "pause",
      mixinStandardHelpOptions = true,
      description =
          "Makes no more calls for a job until it is resumed; what is in flight is finished.")
  static final class Pause extends Decision {
    @Override
    Decided decide(JobControl control, long job) {
      return new Decided(control.pause(job), "Job %d is paused; %,d ids wait.");
    }
  }

  /** {@code tuodui jobs resume}. */
  @Command(
      name = "resume",
      mixinStandardHelpOptions = true,
      description = "Goes on with a paused job; again, should that have been broken off.")
  static final class Resume extends Decision {
    @Override
    Decided decide(JobControl control, long job) {
      return new Decided(control.resume(job), "Job %d goes on with %,d ids.");
    }
  }

  /** {@code tuodui jobs cancel}. */
  @Command(
      name = "cancel",
      mixinStandardHelpOptions = true,
      description = "Gives up what a job still waits for; it cannot be resumed.")
  static final class Cancel extends Decision {
    @Override
    Decided decide(JobControl control, long job) {
      return new Decided(
          control.cancel(job), "Job %d is cancelled, with %,d ids that were still open.");
    }
  }

  /** {@code tuodui jobs priority}. */
  @Command(
      name = "priority",
      mixinStandardHelpOptions = true,
      description = "Makes a job more or less urgent than others, from its next ids on.")
  static final class Prioritise extends Decision {
    @Parameters(
        index = "1",
        paramLabel = "PRIORITY",
        description = "${COMPLETION-CANDIDATES}; their shares are 8, 3 and 1.")
    private Priority priority;

    @Override
    Decided decide(JobControl control, long job) {
      return new Decided(
          control.prioritise(job, priority),
          "Job %d is of " + priority.word() + " priority, with %,d ids that are open.");
    }
  }
}
