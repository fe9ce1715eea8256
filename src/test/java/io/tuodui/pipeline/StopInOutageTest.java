package io.tuodui.pipeline;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.tuodui.GatewayStub;
import io.tuodui.NodeForTests;
import io.tuodui.TcpProxy;
import io.tuodui.account.Account;
import io.tuodui.embedded.Kind;
import io.tuodui.embedded.ServersForTests;
import io.tuodui.simulator.SimulatedAccounts;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * A node is told to stop while it waits for a store, and the next one goes on where it left off.
 */
class StopInOutageTest {
  private static final List<Account> ACCOUNTS = SimulatedAccounts.accounts(2, 0, 0);
  private static final long FIRST_ID = 970_000_000_000L;
  private static final int SHARDS = 8;
  private static final Duration SOON = Duration.ofSeconds(20);

  private final Map<String, Object> shared = new HashMap<>();
  private GatewayStub gateway;
  private TcpProxy redis;
  private TcpProxy mongo;

  @BeforeEach
  void start() {
    gateway = GatewayStub.start();
    redis = TcpProxy.before(ServersForTests.servers().port(Kind.REDIS));
    mongo = TcpProxy.before(ServersForTests.servers().port(Kind.MONGODB));
    shared.put("spring.data.redis.url", Kind.REDIS.url(redis.port()));
    shared.put("spring.datasource.url", ServersForTests.newDatabase());
    shared.put("tuodui.queue.prefix", "stop-" + System.nanoTime());
    shared.put("tuodui.mongodb.database", "stop" + System.nanoTime());
  }

  @AfterEach
  void stop() throws IOException {
    gateway.close();
    redis.close();
    mongo.close();
  }

  private NodeForTests node() {
    return NodeForTests.start(gateway.baseUrl(), ACCOUNTS, shared);
  }

  /** All of one shard, so that one claim takes up to a batch of them. */
  private static List<String> ids(int number) {
    return LongStream.range(0, number)
        .map(each -> FIRST_ID + each * SHARDS)
        .mapToObj(Long::toString)
        .toList();
  }

  private static long count(NodeForTests node, String rows) {
    return node.sql().sql("SELECT COUNT(*) FROM " + rows).query(Long.class).single();
  }

  /**
   * Whether the store fails soon, or answers nothing for longer than the stop waits. The list has
   * more ids than are written at a time, so that some of them were never read.
   */
  @ParameterizedTest
  @CsvSource({"false, 45", "true, 1"})
  void aListThatIsBeingLoadedKeepsItsPlaceAndIsLoadedAtTheNextStart(
      boolean hangs, int shutdownTimeout, @TempDir Path inbox) throws IOException {
    shared.put("spring.data.redis.timeout", "12s");
    shared.put("camel.main.shutdown-timeout", shutdownTimeout);
    shared.put("tuodui.inbox.directory", inbox.toString());
    Path list = inbox.resolve("big.txt");
    try (NodeForTests stopped = node()) {
      if (hangs) {
        redis.stall();
      } else {
        redis.cut();
      }
      Files.write(inbox.resolve("big.part"), ids(6_000));
      Files.move(inbox.resolve("big.part"), list);
      await().atMost(SOON).until(() -> count(stopped, "job_task") == 5_000);
    }
    assertThat(list).exists();

    redis.restore();
    try (NodeForTests next = node()) {
      await()
          .atMost(SOON)
          .until(() -> count(next, "job WHERE state <> 'loading' AND accepted = 6000") == 1);
      await().atMost(SOON).until(() -> Files.notExists(list));
      assertThat(count(next, "job")).isOne();
    }
    try (Stream<Path> done = Files.list(inbox.resolve(".done"))) {
      assertThat(done.map(Path::toString)).anyMatch(name -> name.endsWith("-big.txt"));
    }
    assertThat(inbox.resolve(".failed")).doesNotExist();
  }

  /** Or else the sweep would take each stop for a death, and after two the tasks for poison. */
  @Test
  void tasksThatAreHeldAreGivenBackHoweverOftenThatHappens() {
    shared.put(
        "spring.data.mongodb.uri",
        Kind.MONGODB.url(mongo.port()) + "?serverSelectionTimeoutMS=1000");
    shared.put("tuodui.inbox.enabled", false);
    shared.put("tuodui.collect.batches", 1);
    shared.put("tuodui.collect.lease", "3s");
    gateway.answer(
        request -> {
          mongo.cut();
          return GatewayStub.Reply.item(request.itemId(), "");
        });
    List<String> ids = ids(10);
    long job = 0;
    for (int stops = 0; stops < 2; stops++) {
      try (NodeForTests stopped = node()) {
        job = stops == 0 ? stopped.submit(ids) : job;
        int calls = ids.size() * (stops + 1);
        await().atMost(SOON).until(() -> gateway.requests() >= calls);
      }
      mongo.restore();
    }
    gateway.answer(request -> GatewayStub.Reply.item(request.itemId(), ""));
    try (NodeForTests next = node()) {
      assertThat(next.complete(job).succeeded()).isEqualTo(ids.size());
    }
  }
}
