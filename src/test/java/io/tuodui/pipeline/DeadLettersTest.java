package io.tuodui.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.MeterRegistry;
import io.tuodui.GatewayStub;
import io.tuodui.GatewayStub.Reply;
import io.tuodui.NodeForTests;
import io.tuodui.deadletter.DeadLetter;
import io.tuodui.deadletter.DeadLetterCount;
import io.tuodui.deadletter.DeadLetterFilter;
import io.tuodui.deadletter.DeadLetterRetry;
import io.tuodui.deadletter.DeadLetters;
import io.tuodui.deadletter.Replay;
import io.tuodui.deadletter.Replayed;
import io.tuodui.explain.Stories;
import io.tuodui.explain.Story;
import io.tuodui.explain.Story.Attempt;
import io.tuodui.gateway.ReplyClass;
import io.tuodui.job.Receipt;
import io.tuodui.node.NodeRegistry;
import io.tuodui.simulator.SimulatedAccounts;
import io.tuodui.task.TaskPlace;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.apache.camel.CamelContext;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** What was given up: on record, replayed, discarded; and the story of an id. */
class DeadLettersTest {
  private static final AtomicLong NEXT = new AtomicLong(710_000_000_000L);
  private static final int MANY = 1_000;

  private static GatewayStub gateway;
  private static NodeForTests node;
  private static DeadLetters letters;
  private static Replay replay;

  @BeforeAll
  static void start() {
    gateway = GatewayStub.start();
    node =
        NodeForTests.start(
            gateway.baseUrl(),
            SimulatedAccounts.accounts(2, 0, 0),
            Map.of(
                "tuodui.schedule.retry", "0 0 0 1 1 ? 2099",
                "tuodui.dead-letters.retry[0].reply-class", "invalid",
                "tuodui.dead-letters.retry[0].after", "1d",
                "tuodui.dead-letters.retry[0].at-most", 1));
    letters = node.bean(DeadLetters.class);
    replay = node.bean(Replay.class);
  }

  @AfterAll
  static void stop() {
    node.close();
    gateway.close();
  }

  @AfterEach
  void answerWellAgain() {
    gateway.answer(request -> Reply.item(request.itemId(), ""));
  }

  private static DeadLetterFilter of(long id) {
    return new DeadLetterFilter(null, null, null, id, null);
  }

  private static long die(long... ids) {
    gateway.answer(request -> Reply.error(400, "gw.ParamMissing"));
    long job = node.submit(ids);
    assertThat(node.complete(job).dead()).isEqualTo(ids.length);
    return job;
  }

  private static List<DeadLetter> all(long id) {
    return letters.list(of(id), false, MANY);
  }

  private static Story story(long id) {
    return node.bean(Stories.class).of(id).orElseThrow();
  }

  @Test
  void aDeadLetterSaysWhereAndOfWhatTheTaskDied() {
    long id = NEXT.incrementAndGet();
    die(id);
    DeadLetter letter = letters.list(of(id), true, MANY).get(0);
    assertThat(letter.status()).isEqualTo("open");
    assertThat(letter.replyClass()).isEqualTo("invalid");
    assertThat(letter.code()).isEqualTo("gw.ParamMissing");
    assertThat(letter.node()).isEqualTo(node.bean(NodeRegistry.class).name());
    assertThat(letter.route()).isEqualTo("collect-items");
    assertThat(letter.bodyBytes()).isPositive();
    assertThat(letter.replayedAt()).isNull();
  }

  @Test
  void aRuleRetriesOldLettersAsOftenAsItSaysUntilTheItemIsCollected() {
    long id = NEXT.incrementAndGet();
    long job = die(id);
    retry();
    assertThat(all(id)).extracting(DeadLetter::status).as("too young").containsExactly("open");

    retryAfterTwoDays(id);
    assertThat(node.complete(job).calls()).isEqualTo(2);
    assertThat(all(id)).extracting(DeadLetter::status).containsExactly("open", "replayed");
    retryAfterTwoDays(id);
    assertThat(all(id)).as("once is enough").extracting(DeadLetter::status).contains("open");

    answerWellAgain();
    replay.replay(of(id), MANY);
    assertThat(node.complete(job).succeeded()).isEqualTo(1);
    die(id);
    retryAfterTwoDays(id);
    assertThat(all(id)).as("counted anew").extracting(DeadLetter::status).doesNotContain("open");
    assertThat(
            node.bean(MeterRegistry.class)
                .counter("tuodui.dead.letters.retried", "class", "invalid")
                .count())
        .isEqualTo(2);
  }

  private static void retry() {
    node.bean(DeadLetterRetry.class).turn();
  }

  /** Only what is open is made older: the times of replays stay in their order. */
  private static void retryAfterTwoDays(long id) {
    node.sql()
        .sql(
            "UPDATE dead_letter SET died_at = died_at - INTERVAL 2 DAY"
                + " WHERE item_id = ? AND status = 'open'")
        .param(id)
        .update();
    retry();
  }

  @Test
  void aReplayedIdIsCollectedForEveryJobThatHeldItDead() throws Exception {
    long id = NEXT.incrementAndGet();
    long first = die(id);
    long second = die(id);
    answerWellAgain();

    CamelContext camel = node.bean(CamelContext.class);
    camel.getRouteController().suspendRoute("collect-items");
    try {
      assertThat(replay.replay(of(id), 1)).isEqualTo(new Replayed(false, 2, 1, 2));
      assertThat(story(id).jobs())
          .allSatisfy(asked -> assertThat(asked.jobState()).isEqualTo("open"))
          .allSatisfy(asked -> assertThat(asked.state()).isEqualTo("open"));
      assertThat(story(id).queue().ahead()).isZero();
    } finally {
      camel.getRouteController().resumeRoute("collect-items");
    }

    for (long job : new long[] {first, second}) {
      Receipt receipt = node.complete(job);
      assertThat(receipt.succeeded()).isEqualTo(1);
      assertThat(receipt.dead()).isZero();
      assertThat(receipt.calls())
          .as("earlier calls included, the last one for the older job")
          .isEqualTo(job == first ? 2 : 1);
      assertThat(receipt.shared()).isEqualTo(job == first ? 0 : 1);
    }
    assertThat(gateway.requestsFor(id)).hasSize(3);
    assertThat(letters.list(of(id), true, MANY)).isEmpty();
    assertThat(all(id))
        .hasSize(2)
        .allSatisfy(letter -> assertThat(letter.status()).isEqualTo("replayed"))
        .allSatisfy(letter -> assertThat(letter.replayedAt()).isAfter(letter.diedAt()));
    assertThat(story(id).attempts()).extracting(Attempt::replyClass).contains("invalid");
  }

  @Test
  void aReplayedIdThatDiesAgainHasANewLetter() {
    long id = NEXT.incrementAndGet();
    long job = die(id);
    replay.replay(of(id), 1);
    assertThat(node.complete(job).dead()).isEqualTo(1);
    assertThat(all(id)).extracting(DeadLetter::status).containsExactly("open", "replayed");
  }

  @Test
  void aDryRunSaysTheSameAndChangesNothing() {
    long id = NEXT.incrementAndGet();
    long job = die(id);
    int requests = gateway.requests();

    assertThat(replay.dryRun(of(id), 5)).isEqualTo(new Replayed(true, 1, 1, 1));
    assertThat(letters.discard(of(id), 5, true)).isEqualTo(1);

    assertThat(letters.list(of(id), true, MANY)).hasSize(1);
    assertThat(node.receipt(job).complete()).isTrue();
    assertThat(story(id).queue().dueAt()).isNull();
    assertThat(gateway.requests()).isEqualTo(requests);
  }

  @Test
  void aDiscardedLetterIsGoneFromTheListButNotFromTheRecord() {
    long id = NEXT.incrementAndGet();
    long job = die(id);

    assertThat(letters.discard(of(id), 5, false)).isEqualTo(1);

    assertThat(letters.list(of(id), true, MANY)).isEmpty();
    assertThat(letters.count(of(id), true)).isEmpty();
    assertThat(all(id).get(0).discardedAt()).isNotNull();
    assertThat(node.receipt(job).dead()).isEqualTo(1);
    assertThat(replay.replay(of(id), 5)).isEqualTo(new Replayed(false, 0, 0, 0));
    assertThat(letters.discard(of(id), 5, false)).isZero();
  }

  @Test
  void everyFilterAndTheLimitNarrow() {
    long one = NEXT.incrementAndGet();
    long two = NEXT.incrementAndGet();
    long three = NEXT.incrementAndGet();
    Instant before = Instant.now();
    long job = die(one, two);
    Instant between = node.receipt(job).finishedAt().plusMillis(1);
    Awaitility.await().until(() -> Instant.now().isAfter(between));
    gateway.answer(request -> Reply.of(200, "{\"hello\":1}"));
    node.complete(node.submit(three));

    DeadLetterFilter invalid =
        new DeadLetterFilter(ReplyClass.INVALID, "gw.ParamMissing", null, null, before);
    assertThat(letters.list(invalid, true, MANY))
        .extracting(DeadLetter::itemId)
        .containsExactlyInAnyOrder(one, two);
    assertThat(letters.list(invalid, true, 1)).hasSize(1);
    assertThat(letters.count(new DeadLetterFilter(null, null, null, null, before), true))
        .containsExactly(
            new DeadLetterCount("invalid", "gw.ParamMissing", 2),
            new DeadLetterCount("malformed", "unknown-shape", 1));
    assertThat(letters.list(new DeadLetterFilter(null, null, job, null, null), true, MANY))
        .hasSize(2);
    assertThat(letters.list(new DeadLetterFilter(null, null, null, null, between), true, MANY))
        .extracting(DeadLetter::itemId)
        .containsExactly(three);
    assertThat(replay.dryRun(invalid, 1)).isEqualTo(new Replayed(true, 1, 1, 1));
    assertThat(letters.discard(invalid, 1, false)).isEqualTo(1);
    assertThat(letters.list(invalid, true, MANY)).hasSize(1);
  }

  @Test
  void anIdThatFailedTwiceHasItsWholeStory() {
    long id = NEXT.incrementAndGet();
    AtomicInteger calls = new AtomicInteger();
    gateway.answer(
        request ->
            switch (calls.getAndIncrement()) {
              case 0 -> Reply.of(503, "<html>busy</html>");
              case 1 -> Reply.of(200, "{\"cut\":");
              default -> Reply.item(request.itemId(), "");
            });
    long job = node.submit(id);
    node.complete(job);

    Story story = story(id);
    assertThat(story.attempts())
        .extracting(Attempt::attempt, Attempt::replyClass, Attempt::httpStatus, Attempt::calls)
        .containsExactly(
            org.assertj.core.groups.Tuple.tuple(1, "upstream", 503, 1),
            org.assertj.core.groups.Tuple.tuple(2, "malformed", 200, 1),
            org.assertj.core.groups.Tuple.tuple(3, "succeeded", 200, 1));
    assertThat(story.attempts().get(0).waitMillis()).isBetween(0L, 200L);
    assertThat(story.attempts().get(1).waitMillis()).isBetween(0L, 400L);
    assertThat(story.attempts().get(2).waitMillis()).isNull();
    assertThat(story.attempts())
        .allSatisfy(
            attempt -> {
              assertThat(attempt.node()).isEqualTo(node.bean(NodeRegistry.class).name());
              assertThat(attempt.account()).startsWith("sim-");
            });
    assertThat(story.jobs()).hasSize(1);
    assertThat(story.jobs().get(0).job()).isEqualTo(job);
    assertThat(story.jobs().get(0).state()).isEqualTo("succeeded");
    assertThat(story.deadLetters()).isEmpty();
    assertThat(story.item().title()).isEqualTo("货品 " + id);
    assertThat(story.rawReply().hash()).isEqualTo(story.item().rawHash());
    assertThat(story.rawReply().fetchedAt()).isEqualTo(story.item().fetchedAt());
  }

  @Test
  void aSuccessAtTheFirstTryHasNoHistory() {
    long id = NEXT.incrementAndGet();
    node.complete(node.submit(id));
    Story story = story(id);
    assertThat(story.attempts()).isEmpty();
    assertThat(story.jobs().get(0).account()).startsWith("sim-");
    assertThat(story.jobs().get(0).closedAt()).isEqualTo(story.item().fetchedAt());
    assertThat(node.bean(Stories.class).of(NEXT.incrementAndGet())).isEmpty();
  }

  @Test
  void theStoryOfAWaitingAndOfAHeldTaskSaysSo() throws Exception {
    long id = NEXT.incrementAndGet();
    CamelContext camel = node.bean(CamelContext.class);
    camel.getRouteController().suspendRoute("collect-items");
    try {
      node.submit(id);
      TaskPlace waiting = story(id).queue();
      assertThat(waiting.status()).isEqualTo("pending");
      assertThat(waiting.ahead()).isZero();
      assertThat(waiting.dueAt()).isNull();
      assertThat(waiting.leasedUntil()).isNull();

      node.bean(io.tuodui.task.TaskQueue.class).claim(MANY, Duration.ofMinutes(1), "another");
      TaskPlace held = story(id).queue();
      assertThat(held.ahead()).isNull();
      assertThat(held.node()).isEqualTo("another");
      assertThat(Duration.between(held.now(), held.leasedUntil()))
          .isBetween(Duration.ofSeconds(50), Duration.ofMinutes(1));
    } finally {
      camel.getRouteController().resumeRoute("collect-items");
    }
  }
}
