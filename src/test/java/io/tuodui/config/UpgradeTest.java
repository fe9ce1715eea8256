package io.tuodui.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;
import static org.awaitility.Awaitility.await;

import io.tuodui.GatewayStub;
import io.tuodui.GatewayStub.Reply;
import io.tuodui.NodeForTests;
import io.tuodui.embedded.ServersForTests;
import io.tuodui.redis.RedisForTests;
import io.tuodui.simulator.SimulatedAccounts;
import java.time.Instant;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.data.redis.core.StringRedisTemplate;

/** A node that starts on what nodes of another version have left in Redis. */
class UpgradeTest {
  private final String prefix = "upgrade-" + UUID.randomUUID();
  private final StringRedisTemplate redis = RedisForTests.standalone();
  private final Map<String, Object> settings =
      Map.of(
          "spring.datasource.url",
          ServersForTests.newDatabase(),
          "tuodui.queue.prefix",
          prefix,
          "tuodui.inbox.enabled",
          false);
  private GatewayStub gateway;
  private long job;

  private NodeForTests node() {
    return NodeForTests.start(gateway.baseUrl(), SimulatedAccounts.accounts(1, 0, 0), settings);
  }

  /** Of this version; its job stays open. */
  @BeforeEach
  void aNodeWorkedHere() {
    gateway = GatewayStub.start();
    gateway.answer(request -> Reply.error(500, "gw.ISPServiceTimeout"));
    try (NodeForTests node = node()) {
      job = node.submit(1, 2, 3);
      await().until(() -> gateway.requests() > 0);
    }
    gateway.answer(request -> Reply.item(request.itemId(), ""));
  }

  @AfterEach
  void stop() {
    gateway.close();
  }

  private void version(int version) {
    redis.opsForValue().set(prefix + ":version", Integer.toString(version));
  }

  private String failure() {
    return FailureText.of(catchThrowable(() -> node().close())).orElseThrow();
  }

  @Test
  void onAnOlderVersionsKeysItWaitsForItsNodesAndThenFillsTheQueueFromTheLedger() {
    version(RedisData.VERSION - 1);
    // In that version, so let us say, this was no sorted set.
    for (int shard = 0; shard < 8; shard++) {
      String due = prefix + ":{item-detail:" + shard + "}:due";
      redis.delete(due);
      redis.opsForList().rightPush(due, "1");
    }
    String nodes = prefix + ":nodes";
    redis.opsForZSet().add(nodes, "17-old", Instant.now().toEpochMilli() + 600_000.0);
    assertThat(failure()).contains("17-old", "Stop them first");

    redis.delete(nodes);
    try (NodeForTests node = node()) {
      assertThat(node.complete(job).succeeded()).isEqualTo(3);
    }
    assertThat(redis.opsForValue().get(prefix + ":version")).isEqualTo("" + RedisData.VERSION);
  }

  @Test
  void onANewerVersionsKeysItDoesNotStart() {
    version(RedisData.VERSION + 1);
    assertThat(failure()).contains("a newer one has worked here", "tuodui.queue.prefix");
    version(RedisData.VERSION);
    try (NodeForTests node = node()) {
      assertThat(node.complete(job).succeeded()).isEqualTo(3);
    }
  }
}
