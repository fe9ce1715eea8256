package io.tuodui.command;

import io.tuodui.TuoduiApplication;
import io.tuodui.config.TuoduiProperties;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.web.servlet.context.ServletWebServerApplicationContext;
import org.springframework.context.ApplicationListener;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.event.ContextClosedEvent;
import picocli.CommandLine;
import picocli.CommandLine.Command;

/** {@code tuodui serve}: a node that watches the inbox until it is told to stop. */
@Command(
    name = "serve",
    mixinStandardHelpOptions = true,
    description = {
      "Runs a node: watches the inbox, collects, and stops gracefully on SIGTERM.",
      "--key=value sets any property, for example --tuodui.accounts-file=accounts.yaml."
    })
public final class ServeCommand extends SpringSettings implements Callable<Integer> {
  private final AtomicBoolean serving = new AtomicBoolean();

  @Override
  public Integer call() throws InterruptedException {
    // The first handler to be added is the last to run, after the servers' own.
    SpringApplication.getShutdownHandlers().add(this::endWell);
    ConfigurableApplicationContext context = TuoduiApplication.start(Map.of(), settings());
    CountDownLatch closed = new CountDownLatch(1);
    context.addApplicationListener(
        (ApplicationListener<ContextClosedEvent>)
            event -> {
              System.err.println(
                  "Stopping: what is in flight is finished, nothing new is claimed.");
              closed.countDown();
            });
    serving.set(true);
    announce((ServletWebServerApplicationContext) context);
    closed.await();
    return CommandLine.ExitCode.OK;
  }

  /** A JVM that is told to stop exits with 143, which supervisors take for a failure. */
  private void endWell() {
    if (serving.get()) {
      System.err.println("Stopped.");
      Runtime.getRuntime().halt(CommandLine.ExitCode.OK);
    }
  }

  private static void announce(ServletWebServerApplicationContext context) {
    TuoduiProperties properties = context.getBean(TuoduiProperties.class);
    if (properties.inbox().enabled()) {
      System.err.println(
          "Drop lists of ids into " + properties.inbox().directory().toAbsolutePath());
    }
    WhereToLook.print(context, System.err);
  }
}
