package io.tuodui.command;

import java.io.PrintStream;
import org.springframework.boot.web.servlet.context.ServletWebServerApplicationContext;
import org.springframework.core.env.Environment;

/** Tells where the collected data and the running routes can be seen. */
final class WhereToLook {
  private WhereToLook() {}

  static void print(ServletWebServerApplicationContext context, PrintStream out) {
    Environment environment = context.getEnvironment();
    out.println(
        "  rows     "
            + environment.getProperty("spring.datasource.url")
            + "  tables item, item_sku, item_price_tier, item_image, item_attribute, seller; view"
            + " item_detail; ledger job, job_task, dead_letter");
    out.println(
        "  replies  "
            + withoutLogin(environment.getProperty("spring.data.mongodb.uri", "mongodb"))
            + "  collection raw_reply");
    out.println(
        "  routes   http://localhost:"
            + context.getWebServer().getPort()
            + "/actuator/hawtio  (metrics: /actuator/prometheus, health: /actuator/health)");
  }

  private static String withoutLogin(String uri) {
    return uri.replaceFirst("//[^@/]*@", "//").replaceFirst("\\?.*", "");
  }
}
