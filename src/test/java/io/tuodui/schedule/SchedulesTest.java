package io.tuodui.schedule;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;
import static org.awaitility.Awaitility.await;

import io.tuodui.GatewayStub;
import io.tuodui.GatewayStub.Reply;
import io.tuodui.NodeForTests;
import io.tuodui.config.FailureText;
import io.tuodui.config.UserError;
import io.tuodui.embedded.ServersForTests;
import io.tuodui.job.Job;
import io.tuodui.simulator.SimulatedAccounts;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.apache.camel.CamelContext;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The users' own schedules, on nodes that share their stores. */
class SchedulesTest {
  private static final String NEVER = "0 0 0 1 1 ? 2099";
  private static final String IDS = "610000000001,610000000002";
  private static final Duration PATIENCE = Duration.ofSeconds(40);

  private final List<NodeForTests> nodes = new ArrayList<>();
  private GatewayStub gateway;
  private Map<String, Object> shared;

  @BeforeEach
  void newStores() {
    gateway = GatewayStub.start();
    gateway.answer(request -> Reply.item(request.itemId(), ""));
    String name = UUID.randomUUID().toString();
    shared =
        Map.of(
            "spring.datasource.url",
            ServersForTests.newDatabase(),
            "tuodui.queue.prefix",
            name,
            "tuodui.mongodb.database",
            name,
            "tuodui.inbox.enabled",
            false,
            "tuodui.schedule.fire",
            "0/1 * * * * ?",
            // Nodes on the same stores have the same name in Camel, which JMX would tell apart.
            "camel.main.name",
            "tuodui",
            "camel.main.jmx-enabled",
            false);
  }

  @AfterEach
  void stop() {
    nodes.forEach(NodeForTests::close);
    gateway.close();
  }

  @SafeVarargs
  private NodeForTests node(Map<String, Object>... settings) {
    Map<String, Object> all = new HashMap<>(shared);
    for (Map<String, Object> more : settings) {
      all.putAll(more);
    }
    NodeForTests node =
        NodeForTests.start(gateway.baseUrl(), SimulatedAccounts.accounts(2, 0, 0), all);
    nodes.add(node);
    return node;
  }

  private static Map<String, Object> schedule(String name, String cron, String... more) {
    Map<String, Object> settings = new HashMap<>();
    settings.put("tuodui.schedules." + name + ".cron", cron);
    settings.put("tuodui.schedules." + name + ".ids", IDS);
    for (int i = 0; i < more.length; i += 2) {
      settings.put("tuodui.schedules." + name + "." + more[i], more[i + 1]);
    }
    return settings;
  }

  private static List<Long> jobs(NodeForTests node, String schedule) {
    return node.sql()
        .sql("SELECT job_id FROM job WHERE origin LIKE ? ORDER BY job_id")
        .param("schedule " + schedule + " at %")
        .query(Long.class)
        .list();
  }

  private static ScheduleSummary summary(NodeForTests node, String schedule) {
    return node.bean(ScheduleControl.class).list().stream()
        .filter(one -> one.name().equals(schedule))
        .findFirst()
        .orElseThrow();
  }

  private static void awaitOutcome(NodeForTests node, String schedule, String outcome) {
    await(schedule + " is " + outcome)
        .atMost(PATIENCE)
        .until(() -> outcome.equals(summary(node, schedule).outcome()));
  }

  private static void awaitSeen(NodeForTests node, int schedules) {
    await()
        .atMost(PATIENCE)
        .until(() -> node.rows("SELECT 1 FROM job_schedule").size() == schedules);
  }

  private void close(NodeForTests node) {
    node.close();
    nodes.remove(node);
  }

  @Test
  void eachFiringIsOneJobHoweverManyNodesThereAre() {
    Map<String, Object> everyOtherSecond = schedule("s", "0/2 * * * * ?", "overlap", "queue");
    NodeForTests first = node(everyOtherSecond);
    NodeForTests second = node(everyOtherSecond);
    await().atMost(PATIENCE).until(() -> jobs(second, "s").size() >= 4);
    close(first);
    int before = jobs(second, "s").size();
    await("the other goes on").atMost(PATIENCE).until(() -> jobs(second, "s").size() >= before + 2);
    assertThat(second.rows("SELECT origin FROM job")).doesNotHaveDuplicates();
    assertThat(second.complete(jobs(second, "s").get(0)).succeeded()).isEqualTo(2);
  }

  @Test
  void withoutASchedulesNobodyTakesTurnsForThemAndThoseOfBeforeAreForgotten() {
    String turns = "SELECT 1 FROM QRTZ_TRIGGERS WHERE TRIGGER_NAME = 'fire-schedules'";
    NodeForTests with = node(schedule("s", NEVER));
    awaitSeen(with, 1);
    assertThat(with.rows(turns)).hasSize(1);
    close(with);
    NodeForTests without = node();
    assertThat(without.bean(CamelContext.class).getRoute("fire-schedules")).isNull();
    assertThat(without.rows(turns)).isEmpty();
    assertThat(without.rows("SELECT 1 FROM job_schedule")).isEmpty();
    close(without);
    awaitSeen(node(schedule("s", NEVER)), 1);
  }

  @Test
  void aFiringThatBrokeOffIsMadeUpForOnce() throws Exception {
    NodeForTests broken = node(schedule("s", NEVER), Map.of("tuodui.schedule.fire", NEVER));
    Instant asked = Instant.now();
    broken.bean(ScheduleControl.class).run("s");
    assertThatThrownBy(() -> broken.bean(ScheduleControl.class).run("s"))
        .isInstanceOf(UserError.class)
        .hasMessageContaining("waits");
    Schedules steps = broken.bean(Schedules.class);
    long begun = steps.open(steps.due().get(0)).getJob().jobId();
    close(broken);

    NodeForTests next = node(schedule("s", NEVER));
    awaitOutcome(next, "s", "submitted");
    assertThat(jobs(next, "s")).containsExactly(begun);
    assertThat(next.complete(begun).succeeded()).isEqualTo(2);
    assertThat(summary(next, "s").job()).isEqualTo(begun);
    assertThat(summary(next, "s").last().toInstant())
        .as("when it was asked for")
        .isCloseTo(asked, within(Duration.ofSeconds(5)));
    assertThat(next.rows("SELECT 1 FROM job_schedule WHERE waiting_for IS NOT NULL")).isEmpty();
  }

  @Test
  void whileTheJobBeforeIsOpenAFiringIsSkippedOrWaits() throws Exception {
    NodeForTests node =
        node(
            schedule("skips", "0/2 * * * * ?"),
            schedule("queues", "0/2 * * * * ?", "overlap", "queue"),
            Map.of("camel.main.auto-startup-exclude-pattern", "collect-items"));
    awaitOutcome(node, "skips", "skipped");
    await("further firings, while one waits already")
        .atMost(PATIENCE)
        .until(
            () -> !node.rows("SELECT 1 FROM job_schedule WHERE fired_for > waiting_for").isEmpty());
    assertThat(node.rows("SELECT name FROM job_schedule WHERE waiting_for IS NOT NULL"))
        .extracting(row -> row.get("name"))
        .containsExactly("queues");
    assertThat(jobs(node, "skips")).hasSize(1);
    assertThat(jobs(node, "queues")).hasSize(1);

    node.bean(CamelContext.class).getRouteController().startRoute("collect-items");
    await().atMost(PATIENCE).until(() -> jobs(node, "skips").size() > 1);
    await().atMost(PATIENCE).until(() -> jobs(node, "queues").size() > 1);
    assertThat(node.receipt(jobs(node, "queues").get(0)).complete()).isTrue();
  }

  @Test
  void whatWasMissedIsMadeUpForOnceWithinTheWindowAndOtherwiseNot() {
    int twoHoursAgo = ZonedDateTime.now(ZoneOffset.UTC).minusHours(2).getHour();
    String cron = "0 0 " + twoHoursAgo + " * * ?";
    NodeForTests node =
        node(schedule("near", cron, "catch-up", "4h"), schedule("far", cron, "catch-up", "1h"));
    awaitSeen(node, 2);
    assertThat(summary(node, "near").outcome()).as("not configured two hours ago").isNull();

    // As if no node had run for three days
    node.sql().sql("UPDATE job_schedule SET fired_for = fired_for - INTERVAL 3 DAY").update();
    awaitOutcome(node, "far", "missed");
    awaitOutcome(node, "near", "submitted");
    node.complete(jobs(node, "near").get(0));
    assertThat(jobs(node, "far")).isEmpty();
    assertThat(jobs(node, "near")).hasSize(1);
    assertThat(summary(node, "near").last().getHour()).isEqualTo(twoHoursAgo);
    assertThat(summary(node, "near").next()).isAfter(summary(node, "near").last().plusHours(23));
  }

  @Test
  void aChangedCronCountsFromTheStartAndARemovedScheduleIsForgotten() {
    int twoHoursAgo = ZonedDateTime.now(ZoneOffset.UTC).minusHours(2).getHour();
    NodeForTests before = node(schedule("changed", NEVER), schedule("removed", NEVER));
    awaitSeen(before, 2);
    before.sql().sql("UPDATE job_schedule SET fired_for = fired_for - INTERVAL 3 DAY").update();
    close(before);

    NodeForTests after =
        node(schedule("changed", "0 0 " + twoHoursAgo + " * * ?", "catch-up", "4h"));
    await()
        .atMost(PATIENCE)
        .until(() -> after.rows("SELECT 1 FROM job_schedule WHERE name = 'removed'").isEmpty());
    assertThat(after.rows("SELECT cron FROM job_schedule"))
        .extracting(row -> row.get("cron"))
        .containsExactly("0 0 " + twoHoursAgo + " * * ?");
    assertThat(jobs(after, "changed")).isEmpty();
  }

  @Test
  void aQueryGivesTheIdsOfItsTimeAndMistakesAreSaid() {
    NodeForTests node =
        node(
            query("all", "SELECT item_id FROM job_task ORDER BY item_id"),
            query("none", "SELECT item_id FROM item WHERE item_id < 0"),
            query("wrong", "SELECT job_id FROM job WHERE 1 = (SELECT item_id FROM job_task)"),
            Map.of("tuodui.schedules.all.limit", 2),
            Map.of(
                "tuodui.schedules.file.cron",
                NEVER,
                "tuodui.schedules.file.ids-file",
                "target/not-there.txt"));
    node.complete(node.submit(620000000001L, 620000000002L, 620000000003L));
    ScheduleControl control = node.bean(ScheduleControl.class);
    List.of("all", "none", "wrong", "file").forEach(control::run);

    awaitOutcome(node, "all", "submitted");
    assertThat(node.complete(jobs(node, "all").get(0)).accepted()).isEqualTo(2);
    awaitOutcome(node, "none", "empty");
    awaitOutcome(node, "wrong", "failed");
    awaitOutcome(node, "file", "failed");
    assertThat(summary(node, "wrong").message())
        .contains("tuodui.schedules.wrong.query", "Subquery returns more than 1 row");
    assertThat(summary(node, "file").message()).contains("not-there.txt is not there");
    assertThat(node.rows("SELECT 1 FROM job WHERE state = ?", Job.LOADING)).isEmpty();
    assertThatThrownBy(() -> control.run("nightly"))
        .isInstanceOf(UserError.class)
        .hasMessageContaining("only all, file, none, wrong");

    assertThatThrownBy(() -> node(query("typo", "SELECT item_idd FROM item")))
        .satisfies(
            failure ->
                assertThat(FailureText.of(failure).orElseThrow())
                    .contains("tuodui.schedules.typo.query", "item_idd"));
  }

  private static Map<String, Object> query(String name, String query) {
    return Map.of(
        "tuodui.schedules." + name + ".cron", NEVER, "tuodui.schedules." + name + ".query", query);
  }
}
