package io.tuodui.config;

import io.tuodui.gateway.ReplyClass;
import io.tuodui.task.Priority;
import jakarta.validation.Valid;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Pattern;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.hibernate.validator.constraints.time.DurationMin;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

/** Everything under {@code tuodui} in {@code application.yaml}, where each key is described. */
@Validated
@ConfigurationProperties("tuodui")
public record TuoduiProperties(
    @NotNull Path dataDir,
    boolean embeddedOnly,
    String accountsFile,
    List<AccountProperties> accounts,
    @NotBlank String routes,
    @Valid @NotNull Gateway gateway,
    @Valid @NotNull Collect collect,
    @Valid @NotNull Tokens tokens,
    @Valid @NotNull LimitSettings limits,
    @Valid @NotNull Queue queue,
    @Valid @DefaultValue Jobs jobs,
    @Valid @NotNull Inbox inbox,
    @Valid @NotNull Intake intake,
    @Valid @NotNull Mongodb mongodb,
    @Valid @NotNull Schedule schedule,
    @DefaultValue Map<String, ScheduleProperties> schedules,
    @Valid @NotNull DeadLetterSettings deadLetters,
    @Valid @NotNull Reconcile reconcile,
    @Valid @NotNull Admin admin) {

  /** One account, as written in a file; {@link Accounts} checks it. */
  public record AccountProperties(
      String name,
      String appKey,
      String appSecret,
      String accessToken,
      String accessTokenExpiresAt,
      String refreshToken,
      Integer weight,
      LimitProperties limits) {

    @Override
    public String toString() {
      return "account " + name;
    }
  }

  /** The limits of one account, as written in a file. */
  public record LimitProperties(
      Integer perSecond, Integer perMinute, Integer perDay, List<ApiLimitProperties> apis) {}

  /** The limits of one account for one API, as written in a file. */
  public record ApiLimitProperties(
      String name, Integer perSecond, Integer perMinute, Integer perDay) {}

  /** Which gateway, and how it is spoken to; time-outs in milliseconds. */
  public record Gateway(
      @Pattern(
              regexp = "https?://[^\\s?#,]+",
              message = "must be an address such as https://gw.open.1688.com")
          String baseUrl,
      @NotBlank String dialect,
      @NotBlank String api,
      @NotBlank String country,
      @Min(1) int connectTimeout,
      @Min(1) int responseTimeout,
      @Min(1) int poolTimeout,
      @Min(1) int maxConnections) {

    /**
     * How long a reply may take as a whole, from when its call left. With the default it is shorter
     * than a lease.
     */
    public Duration longestReply() {
      return Duration.ofMillis(4L * responseTimeout);
    }
  }

  /** How much is in flight at once. */
  public record Collect(
      @Min(1) @Max(1000) int batchSize,
      @Min(1) @Max(256) int batches,
      @Min(1) @Max(256) int batchesStoredAtOnce,
      @NotNull @DurationMin(seconds = 1) Duration lease) {}

  /**
   * How access tokens are renewed; its text form leaves out the key. The key is checked where it is
   * read, because a failed check here would print it.
   */
  public record Tokens(
      @NotNull @DurationMin(seconds = 1) Duration ahead, String key, String keyFile) {

    @Override
    public String toString() {
      return "tokens refreshed " + ahead + " ahead";
    }
  }

  /** How the accounts' limits are kept; the throttle's period in milliseconds. */
  public record LimitSettings(
      @NotNull @DurationMin(message = NOT_NEGATIVE) Duration guardMinimum,
      @NotNull @DurationMin(message = NOT_NEGATIVE) Duration guardMaximum,
      @NotNull @DurationMin(message = NOT_NEGATIVE) Duration slowStart,
      @NotNull @DurationMin(message = NOT_NEGATIVE) Duration horizon,
      @NotNull @DurationMin(seconds = 1) Duration regain,
      @Min(1000) int throttlePeriod) {
    private static final String NOT_NEGATIVE = "must not be negative";

    /**
     * The limits' settings.
     *
     * @throws UserError when the guard's maximum is below its minimum
     */
    public LimitSettings {
      if (guardMinimum != null
          && guardMaximum != null
          && guardMaximum.compareTo(guardMinimum) < 0) {
        throw new UserError(
            "tuodui.limits.guard-maximum is %d ms, less than tuodui.limits.guard-minimum, which is %d ms."
                    .formatted(guardMaximum.toMillis(), guardMinimum.toMillis())
                + "\nRaise the one, or lower the other.");
      }
    }
  }

  /**
   * The queue in Redis; for {@code statusKept} it tells what became of an id. Braces in the prefix
   * would be a cluster's hash tag; the others would make it a pattern, where keys are looked for.
   */
  public record Queue(
      @NotBlank
          @Pattern(regexp = "[^{}\\[\\]*?\\\\]*", message = "must have none of { } [ ] * ? \\\\")
          String prefix,
      @Min(1) @Max(1024) int shards,
      @NotNull @DurationMin(minutes = 1) Duration statusKept) {}

  /** The ledger; {@code kept} may be {@code null}: jobs are never deleted. */
  public record Jobs(@DurationMin(days = 1) Duration kept) {}

  /** The folder for lists of ids; times in milliseconds. */
  public record Inbox(
      @NotNull Path directory,
      boolean enabled,
      @Min(100) long pollInterval,
      @Min(0) long settleTime) {}

  /** How jobs are collected that are submitted to this node; {@code maxAge} may be {@code null}. */
  public record Intake(
      @NotNull Priority priority, @DurationMin(millis = 1) Duration maxAge, String deadline) {}

  /** Where the raw replies are kept. */
  public record Mongodb(
      @Pattern(
              regexp = "[^\\s/\\\\.\"$]{1,63}",
              message = "must be a name without spaces, slashes, dots, quotes and dollar signs")
          String database) {}

  /** Quartz cron expressions. */
  public record Schedule(
      @Cron String sweep,
      @Cron String finish,
      @Cron String reconcile,
      @Cron String tokens,
      @Cron String fire,
      @Cron String retry,
      @Cron String forget) {}

  /**
   * One of the user's own schedules, as written in a file; {@code io.tuodui.schedule} checks it.
   */
  public record ScheduleProperties(
      String cron,
      @DefaultValue("UTC") String timeZone,
      List<String> ids,
      String idsFile,
      String query,
      @DefaultValue("1000000") int limit,
      @DefaultValue("skip") Overlap overlap,
      @DefaultValue("1h") Duration catchUp) {

    /** What becomes of a firing while the job of the one before is not finished. */
    public enum Overlap {
      SKIP,
      QUEUE
    }
  }

  /** Which dead letters are tried again without a person. */
  public record DeadLetterSettings(@Valid @NotNull List<RetryRule> retry) {}

  /**
   * Dead letters that are tried again.
   *
   * @param replyClass of the last call
   * @param code the platform's own; {@code null} for any
   * @param after how long after they died
   * @param atMost how often at most, until the item was collected
   */
  public record RetryRule(
      @NotNull ReplyClass replyClass,
      String code,
      @NotNull @DurationMin(minutes = 1) Duration after,
      @Min(1) int atMost) {}

  /** Of which finished jobs the items are looked for in the stores. */
  public record Reconcile(@NotNull Duration finishedWithin) {}

  /** The login of Hawtio and the actuator. */
  public record Admin(@NotBlank String user, String password) {

    @Override
    public String toString() {
      return "admin " + user;
    }
  }
}
