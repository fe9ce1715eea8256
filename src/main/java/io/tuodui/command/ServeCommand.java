package io.tuodui.command;

import io.tuodui.TuoduiApplication;
import io.tuodui.config.TuoduiProperties;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import org.springframework.boot.web.servlet.context.ServletWebServerApplicationContext;
import org.springframework.context.ApplicationListener;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.event.ContextClosedEvent;
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
  @Override
  public Integer call() throws InterruptedException {
    ConfigurableApplicationContext context = TuoduiApplication.start(Map.of(), settings());
    CountDownLatch closed = new CountDownLatch(1);
    context.addApplicationListener(
        (ApplicationListener<ContextClosedEvent>) event -> closed.countDown());
    announce((ServletWebServerApplicationContext) context);
    closed.await();
    return 0;
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
