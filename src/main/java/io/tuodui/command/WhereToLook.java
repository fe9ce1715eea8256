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

  private WhereToLook() {}

  /** The demo's servers end with it: what is where, and how to look at it. */
  static void afterDemo(Path data, Path accountsFile, PrintStream out) {
    out.println("The data are in " + data + ":");
    out.println("  rows     MySQL, " + TABLES);
    out.println("  replies  MongoDB, collection raw_reply");
    out.println("To look at them, and at the routes in Hawtio, keep a node running on them:");
    out.println(
        "  ./tuodui serve --tuodui.data-dir="
            + data
            + " --tuodui.accounts-file="
            + accountsFile
            + " --tuodui.inbox.enabled=false");
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
