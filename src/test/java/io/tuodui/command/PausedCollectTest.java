package io.tuodui.command;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.tuodui.GatewayStub;
import io.tuodui.NodeForTests;
import io.tuodui.control.JobControl;
import io.tuodui.simulator.SimulatedAccounts;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

/** A list is collected whose job is paused meanwhile. */
@ExtendWith(OutputCaptureExtension.class)
class PausedCollectTest {
  private static final String PAUSED = "Job 1 is paused";

  @Test
  void saysOnceThatItWaitsAndHowToGoOn(@TempDir Path folder, CapturedOutput output)
      throws Exception {
    Path list = Files.writeString(folder.resolve("ids.txt"), "980000000000\n");
    try (GatewayStub gateway = GatewayStub.start();
        NodeForTests node =
            NodeForTests.start(
                gateway.baseUrl(),
                SimulatedAccounts.accounts(1, 0, 0),
                Map.of("tuodui.inbox.enabled", false))) {
      // Until then the item is tried again and again.
      gateway.answer(request -> GatewayStub.Reply.of(503, "<html>down</html>"));
      OneShot oneShot = node.bean(OneShot.class);
      final CompletableFuture<Boolean> collected =
          CompletableFuture.supplyAsync(
              () -> oneShot.collect(List.of(list.toFile()), true), thread -> start(thread));
      await().until(() -> gateway.requests() > 0);

      node.bean(JobControl.class).pause(1);
      await()
          .atMost(Duration.ofSeconds(20))
          .until(() -> output.getErr().contains(PAUSED + ", and this waits"));
      assertThat(output.getErr()).contains("./tuodui jobs resume 1");
      await("more looks").until(() -> progressLinesAfterThat(output) > 0);
      assertThat(output.getErr()).containsOnlyOnce(PAUSED);
      assertThat(collected).isNotDone();

      gateway.answer(request -> GatewayStub.Reply.item(request.itemId(), ""));
      node.bean(JobControl.class).resume(1);
      assertThat(collected).succeedsWithin(Duration.ofSeconds(30)).isEqualTo(true);
    }
  }

  private static void start(Runnable run) {
    new Thread(run, "collect").start();
  }

  private static long progressLinesAfterThat(CapturedOutput output) {
    String err = output.getErr();
    return err.substring(err.indexOf(PAUSED))
        .lines()
        .filter(line -> line.startsWith("job 1 "))
        .count();
  }
}
