package io.tuodui.embedded;

import java.nio.file.Path;
import java.util.EnumSet;
import java.util.concurrent.CountDownLatch;

/** Starts the embedded servers, prints the child's pid and the ports, and waits to be killed. */
final class ApplicationToKill {

  private ApplicationToKill() {}

  public static void main(String[] args) throws InterruptedException {
    EmbeddedServersProcess servers =
        EmbeddedServersProcess.launch(Path.of(args[0]), EnumSet.allOf(Kind.class));
    System.out.println(servers.pid());
    System.out.println(
        servers.ports().get(Kind.REDIS)
            + " "
            + servers.ports().get(Kind.MYSQL)
            + " "
            + servers.ports().get(Kind.MONGODB));
    new CountDownLatch(1).await();
  }
}
