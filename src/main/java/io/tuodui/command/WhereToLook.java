package io.tuodui.command;

import io.tuodui.config.Secrets;
import java.io.PrintStream;
import java.nio.file.Path;
import org.springframework.boot.web.servlet.context.ServletWebServerApplicationContext;
import org.springframework.core.env.Environment;

/** Tells where the collected data and the running routes can be seen. */
final class WhereToLook {
  private static final String TABLES =
      "tables item, item_sku, item_price_tier, item_image, item_attribute, seller; view item_detail;"
          + " ledger job, job_task, task_attempt, dead_letter";

  private static final int SIMULATOR_PORT = 9000;

  private WhereToLook() {}

  /**
   * The demo's servers and its gateway end with it: what is where, and how to look at it.
   *
   * @param accounts how many the simulator must know
   * @param perSecond how many calls a second it must allow each
   */
  static void afterDemo(
      Path data, Path accountsFile, int accounts, int perSecond, PrintStream out) {
    out.println("The data are in " + data + ":");
    out.println("  rows     MySQL, " + TABLES);
    out.println("  replies  MongoDB, collection raw_reply");
    out.println("To look at them, and at the routes in Hawtio, keep a node running on them:");
    out.println(
        "  ./tuodui serve --tuodui.embedded-only=true --tuodui.data-dir="
            + data
            + " --tuodui.accounts-file="
            + accountsFile
            + " --tuodui.gateway.base-url=http://127.0.0.1:"
            + SIMULATOR_PORT
            + " --tuodui.inbox.enabled=false");
    out.println("What it may still have to call answers while this runs beside it:");
    out.println(
        "  ./tuodui simulator --port="
            + SIMULATOR_PORT
            + " --accounts="
            + accounts
            + " --per-second="
            + perSecond);
  }

  static void print(ServletWebServerApplicationContext context, PrintStream out) {
    Environment environment = context.getEnvironment();
    out.println(
        "  rows     "
            + address(environment.getProperty("spring.datasource.url", "MySQL"))
            + "  "
            + TABLES);
    out.println(
        "  replies  "
            + address(environment.getProperty("spring.data.mongodb.uri", "mongodb"))
                .replaceFirst("([^/])/[^/].*", "$1")
            + "  database "
            + environment.getProperty("tuodui.mongodb.database")
            + ", collection raw_reply");
    out.println(
        "  routes   http://localhost:"
            + context.getWebServer().getPort()
            + "/actuator/hawtio  (metrics: /actuator/prometheus, health: /actuator/health)");
  }

  /** Without its login and its options, which may hold another. */
  static String address(String url) {
    return Secrets.masked(url.replaceFirst("\\?.*", ""));
  }
}
