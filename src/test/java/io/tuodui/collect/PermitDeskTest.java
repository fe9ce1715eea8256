package io.tuodui.collect;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.tuodui.account.Account;
import io.tuodui.account.Guard;
import io.tuodui.account.Lead;
import io.tuodui.account.Limits;
import io.tuodui.account.Permits;
import io.tuodui.account.Reservation;
import io.tuodui.config.TuoduiProperties;
import io.tuodui.gateway.Dialects;
import io.tuodui.node.NodeRegistry;
import io.tuodui.node.SharedClock;
import io.tuodui.redis.RedisForTests;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.MapConfigurationPropertySource;
import org.springframework.dao.QueryTimeoutException;
import org.springframework.data.redis.core.StringRedisTemplate;
import org.springframework.data.redis.core.script.RedisScript;

/** Many threads ask while the way to Redis is held up. */
class PermitDeskTest {
  private static final int THREADS = 120;

  /** Redis, whose answers the test holds back, and may fail. */
  private static final class HeldRedis extends StringRedisTemplate {
    private final AtomicInteger questions = new AtomicInteger();
    private volatile CountDownLatch held = new CountDownLatch(0);
    private volatile boolean away;

    HeldRedis() {
      super(RedisForTests.standalone().getRequiredConnectionFactory());
    }

    @Override
    public <T> T execute(RedisScript<T> script, List<String> keys, Object... args) {
      questions.incrementAndGet();
      try {
        held.await();
      } catch (InterruptedException unexpected) {
        throw new IllegalStateException(unexpected);
      }
      if (away) {
        throw new QueryTimeoutException("Redis is away");
      }
      return super.execute(script, keys, args);
    }
  }

  private final HeldRedis redis = new HeldRedis();
  private final List<Thread> threads = new ArrayList<>();
  private PermitDesk desk;

  @BeforeEach
  void anAccountThatIsFreeSoon() {
    String prefix = "desk-" + UUID.randomUUID();
    Permits permits = new Permits(redis, prefix, Duration.ofSeconds(20));
    permits.configure(List.of(new Account("a", "1", "s", null, new Limits(100, null))));
    TuoduiProperties properties =
        new Binder(new MapConfigurationPropertySource(Map.of("tuodui.limits.horizon", "60s")))
            .bind("tuodui", TuoduiProperties.class)
            .get();
    desk =
        new PermitDesk(
            permits,
            Dialects.named("aop", null, null, Clock.systemUTC()),
            new Guard(),
            new Lead(System::nanoTime),
            new NodeRegistry(
                redis, prefix, "alone", Duration.ofSeconds(30), new SharedClock(Clock.systemUTC())),
            properties);
    redis.questions.set(0);
  }

  @AfterEach
  void allThreadsAreDone() {
    desk.destroy();
    assertThat(threads).allSatisfy(thread -> thread.join(10_000)).noneMatch(Thread::isAlive);
  }

  private List<CompletableFuture<Reservation>> askWithRedisHeld() {
    redis.held = new CountDownLatch(1);
    List<CompletableFuture<Reservation>> answers = new ArrayList<>();
    for (int i = 0; i < THREADS; i++) {
      CompletableFuture<Reservation> answer = new CompletableFuture<>();
      Thread thread =
          new Thread(
              () -> {
                try {
                  answer.complete(desk.reserve());
                } catch (RuntimeException failed) {
                  answer.completeExceptionally(failed);
                }
              });
      threads.add(thread);
      answers.add(answer);
      thread.start();
    }
    await().until(() -> threads.stream().allMatch(t -> t.getState() == Thread.State.WAITING));
    return answers;
  }

  @Test
  void manyAreAFewQuestionsAndEachHasAPermitOfItsOwn() {
    List<CompletableFuture<Reservation>> answers = askWithRedisHeld();
    redis.held.countDown();
    List<Reservation> permits = answers.stream().map(CompletableFuture::join).toList();
    assertThat(redis.questions).as("1, 50, 50 and 19 permits").hasValue(4);
    assertThat(permits).allMatch(Reservation::granted);
    assertThat(new HashSet<>(permits.stream().map(Reservation::slot).toList())).hasSize(THREADS);
    assertThat(desk.reserve().granted()).as("who comes later").isTrue();
  }

  @Test
  void aFailureIsToldToAllThatWaitAndNobodyIsForgotten() {
    redis.away = true;
    List<CompletableFuture<Reservation>> answers = askWithRedisHeld();
    redis.held.countDown();
    assertThat(answers)
        .allSatisfy(
            answer ->
                assertThatThrownBy(answer::join)
                    .isInstanceOf(CompletionException.class)
                    .hasCauseInstanceOf(QueryTimeoutException.class));
    assertThat(redis.questions).as("not asked again for each").hasValue(1);
    redis.away = false;
    assertThat(desk.reserve().granted()).isTrue();
  }
}
