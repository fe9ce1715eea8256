package io.tuodui;

import io.tuodui.account.Account;
import io.tuodui.embedded.ServersForTests;
import io.tuodui.job.Receipt;
import io.tuodui.job.Receipts;
import io.tuodui.job.Submission;
import io.tuodui.simulator.SimulatedAccounts;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import java.util.stream.LongStream;
import org.apache.camel.CamelContext;
import org.apache.camel.ProducerTemplate;
import org.apache.camel.component.quartz.QuartzComponent;
import org.awaitility.Awaitility;
import org.quartz.SchedulerException;
import org.quartz.SimpleScheduleBuilder;
import org.quartz.TriggerBuilder;
import org.quartz.TriggerKey;
import org.springframework.boot.web.servlet.context.ServletWebServerApplicationContext;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * The real application, started as its commands start it, on the embedded servers that all tests
 * share. Each node has a MySQL database, a MongoDB database, a prefix in Redis and an inbox of its
 * own, so that nodes do not see each other.
 */
public final class NodeForTests implements AutoCloseable {
  public static final String PASSWORD = "for-tests-only";
  private static final Duration PATIENCE = Duration.ofSeconds(40);
  private static final AtomicInteger NODES = new AtomicInteger();

  private final String name;
  private final Path folder;
  private final ServletWebServerApplicationContext context;

  private NodeForTests(String name, Path folder, ServletWebServerApplicationContext context) {
    this.name = name;
    this.folder = folder;
    this.context = context;
  }

  /**
   * Starts a node.
   *
   * @param gateway the base URL of a simulator or stub
   * @param settings beyond or instead of those for tests
   */
  public static NodeForTests start(
      String gateway, List<Account> accounts, Map<String, Object> settings) {
    String name = "node" + NODES.incrementAndGet();
    Path folder = Path.of("target", "nodes", name + "-" + UUID.randomUUID());
    Path accountsFile = folder.resolve("accounts.yaml");
    try {
      Files.createDirectories(folder);
      Files.writeString(accountsFile, SimulatedAccounts.yaml(accounts));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    Map<String, Object> all = new HashMap<>();
    all.put("spring.data.redis.url", ServersForTests.redisUri());
    all.put("spring.data.mongodb.uri", ServersForTests.mongoUri());
    all.put("spring.datasource.url", ServersForTests.newDatabase());
    all.put("spring.datasource.username", "root");
    all.put("spring.datasource.password", "");
    all.put("spring.jmx.unique-names", true);
    all.put("server.port", 0);
    all.put("camel.main.name", name);
    all.put("tuodui.data-dir", folder.toString());
    all.put("tuodui.accounts-file", accountsFile.toString());
    all.put("tuodui.gateway.base-url", gateway);
    all.put("tuodui.collect.batch-size", 20);
    all.put("tuodui.collect.batches", 4);
    all.put("tuodui.limits.slow-start", "0ms");
    all.put("tuodui.queue.prefix", name + "-" + UUID.randomUUID());
    all.put("tuodui.inbox.directory", folder.resolve("inbox").toString());
    all.put("tuodui.inbox.poll-interval", 100);
    all.put("tuodui.inbox.settle-time", 300);
    all.put("tuodui.mongodb.database", name + UUID.randomUUID().toString().substring(0, 8));
    all.put("tuodui.schedule.sweep", "0/1 * * * * ?");
    all.put("tuodui.admin.password", PASSWORD);
    all.putAll(settings);
    NodeForTests node =
        new NodeForTests(
            name, folder, (ServletWebServerApplicationContext) TuoduiApplication.start(all));
    node.finishJobsSooner();
    return node;
  }

  /**
   * Five turns a second: most tests wait for jobs to be finished, and a cron expression knows no
   * fractions of a second.
   */
  private void finishJobsSooner() {
    TriggerKey turns = TriggerKey.triggerKey("finish-jobs", "upkeep");
    try {
      bean(CamelContext.class)
          .getComponent("node-quartz", QuartzComponent.class)
          .getScheduler()
          .rescheduleJob(
              turns,
              TriggerBuilder.newTrigger()
                  .withIdentity(turns)
                  .withSchedule(
                      SimpleScheduleBuilder.simpleSchedule()
                          .withIntervalInMilliseconds(200)
                          .repeatForever())
                  .build());
    } catch (SchedulerException e) {
      context.close();
      throw new IllegalStateException(e);
    }
  }

  /** A Spring bean of the node. */
  public <T> T bean(Class<T> type) {
    return context.getBean(type);
  }

  /** A setting of the node. */
  public String setting(String key) {
    return context.getEnvironment().getRequiredProperty(key);
  }

  public ProducerTemplate camel() {
    return bean(ProducerTemplate.class);
  }

  public JdbcClient sql() {
    return bean(JdbcClient.class);
  }

  /** The rows of a statement, with its parameters at the question marks. */
  public List<Map<String, Object>> rows(String statement, Object... parameters) {
    return sql().sql(statement).params(Arrays.asList(parameters)).query().listOfRows();
  }

  public Path inbox() {
    return folder.resolve("inbox");
  }

  /** {@code http://127.0.0.1:PORT} of its own web server. */
  public String url() {
    return "http://127.0.0.1:" + context.getWebServer().getPort();
  }

  /** Submits lines, as {@code collect} does, and returns the job. */
  public long submit(Collection<String> lines) {
    Path list = folder.resolve(UUID.randomUUID() + ".txt");
    try {
      Files.write(list, lines);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return camel()
        .requestBody("direct:submit-file", list.toFile(), Submission.class)
        .getJob()
        .jobId();
  }

  /** Submits ids and returns the job. */
  public long submit(long... ids) {
    return submit(LongStream.of(ids).mapToObj(Long::toString).collect(Collectors.toList()));
  }

  /** Waits until every id of a job is explained. */
  public Receipt complete(long job) {
    return Awaitility.await()
        .atMost(PATIENCE)
        .pollInterval(Duration.ofMillis(100))
        .ignoreExceptions()
        .until(() -> receipt(job), Receipt::complete);
  }

  public Receipt receipt(long job) {
    return bean(Receipts.class).of(job);
  }

  @Override
  public String toString() {
    return name;
  }

  @Override
  public void close() {
    context.close();
  }
}
