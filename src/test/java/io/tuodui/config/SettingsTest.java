package io.tuodui.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import java.io.IOException;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.context.properties.source.ConfigurationPropertySources;
import org.springframework.boot.env.YamlPropertySourceLoader;
import org.springframework.core.env.ConfigurableEnvironment;
import org.springframework.core.env.MapPropertySource;
import org.springframework.core.env.PropertySource;
import org.springframework.core.env.StandardEnvironment;
import org.springframework.core.io.FileSystemResource;

/** What is said of settings that are wrong, or are none. */
class SettingsTest {

  private static ConfigurableEnvironment environment(
      Map<String, Object> shared, Map<String, Object> settings) throws IOException {
    ConfigurableEnvironment environment =
        new StandardEnvironment() {
          @Override
          public Map<String, Object> getSystemEnvironment() {
            return shared;
          }
        };
    environment.getPropertySources().addFirst(new MapPropertySource("settings", settings));
    for (PropertySource<?> packaged :
        new YamlPropertySourceLoader()
            .load("application", new FileSystemResource("application.yaml"))) {
      environment.getPropertySources().addLast(packaged);
    }
    ConfigurationPropertySources.attach(environment);
    return environment;
  }

  private static Throwable check(String setting) throws IOException {
    int equals = setting.indexOf('=');
    ConfigurableEnvironment environment =
        environment(Map.of(), Map.of(setting.substring(0, equals), setting.substring(equals + 1)));
    return catchThrowable(
        () -> {
          UnknownSettings.check(environment);
          Preflight.check(environment, false);
        });
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          tuodui.collect.lease=0s               | tuodui.collect.lease is 0ms: it must be longer than or equal to 1 second
          tuodui.limits.guard-maximum=10ms      | tuodui.limits.guard-maximum is 10 ms, less than tuodui.limits.guard-minimum, which is 25 ms
          tuodui.limits.guard-minimum=-1ms      | tuodui.limits.guard-minimum is -1ms: it must not be negative
          tuodui.limits.slow-start=-1s          | tuodui.limits.slow-start is -1000ms: it must not be negative
          tuodui.limits.horizon=-1s             | tuodui.limits.horizon is -1000ms: it must not be negative
          tuodui.limits.throttle-period=999     | tuodui.limits.throttle-period is 999
          tuodui.queue.prefix={tuodui}          | tuodui.queue.prefix is {tuodui}: it must have none of { } [ ] * ? \\
          tuodui.queue.prefix=tuo*              | tuodui.queue.prefix is tuo*: it must have none of
          tuodui.queue.prefix=tuodu?            | tuodui.queue.prefix is tuodu?: it must have none of
          tuodui.queue.prefix=tuodu[ij]         | tuodui.queue.prefix is tuodu[ij]: it must have none of
          tuodui.queue.prefix=tuo\\dui          | tuodui.queue.prefix is tuo\\dui: it must have none of
          tuodui.jobs.kept=12h                  | tuodui.jobs.kept is 43200000ms: it must be longer than or equal to 1 day
          tuodui.mongodb.database=              | tuodui.mongodb.database is empty: it must be a name
          tuodui.mongodb.database=raw.replies   | tuodui.mongodb.database is raw.replies: it must be a name
          tuodui.schedule.sweep=every second    | tuodui.schedule.sweep is every second: it must be a Quartz cron expression
          tuodui.schedule.finish=0/1 * * * *    | tuodui.schedule.finish is 0/1 * * * *: it must be a Quartz cron expression
          tuodui.schedule.reconcile=0 0/5 * * * * | such as 0 0/5 * * * ?
          tuodui.schedule.tokens=               | tuodui.schedule.tokens is empty: it must be a Quartz cron expression
          tuodui.schedule.fire=0/5 * * * * ? 2001 | tuodui.schedule.fire is 0/5 * * * * ? 2001: it must be a Quartz cron expression
          tuodui.schedule.retry=0 60 * * * ?    | tuodui.schedule.retry is 0 60
          tuodui.schedule.forget=@daily         | tuodui.schedule.forget is @daily
          tuodui.colect.lease=10s               | There is no setting tuodui.colect.lease: did you mean tuodui.collect.lease?
          tuodui.data-dri=x                     | There is no setting tuodui.data-dri: did you mean tuodui.data-dir?
          tuodui.accounts[0].limits.per-secnd=4 | tuodui.accounts[0].limits.per-secnd] were left unbound
          tuodui.weather=fine                   | There is no setting tuodui.weather.
          """)
  void theKeyIsNamedAndWhatToDo(String setting, String told) throws IOException {
    assertThat(FailureText.of(check(setting)).orElseThrow()).contains(told);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "tuodui.collect.lease=1s",
        "tuodui.limits.guard-maximum=25ms",
        "tuodui.schedule.sweep=*/2 * * * * ?",
        "tuodui.schedule.forget=0 0 4 ? * MON-FRI 2026-2199",
        "tuodui.limits.slow-start=0s",
        "tuodui.jobs.kept=90d",
        "tuodui.dataDir=x",
        "tuodui.queue.prefix=shop-1:tuodui.骆驼",
        "tuodui.accounts[0].limits.per-second=4",
        "tuodui.accounts[0].limits.apis[0].per-day=4",
        "tuodui.schedules.nightly.time-zone=Asia/Shanghai",
        "camel.main.shutdown-timeout=30"
      })
  void whatIsRightPasses(String setting) throws IOException {
    assertThat(check(setting)).isNull();
  }

  @Test
  void theEnvironmentIsSharedWithOthersAndOnlyWarnedOf() throws IOException {
    assertThat(
            UnknownSettings.check(
                environment(
                    Map.of(
                        "TUODUI_GATEWAY_BASURL", "https://gw.open.1688.com",
                        "TUODUI_GATEWAY_BASEURL", "https://gw.open.1688.com",
                        "TUODUI_DATA_DIR", "/data",
                        "TUODUI_JAVA_OPTS", "-Xmx1g",
                        "TUODUI_PORT", "tcp://10.0.0.1:8080",
                        "TUODUI_SERVICE_HOST", "10.0.0.1"),
                    Map.of())))
        .isEqualTo(
            List.of("TUODUI_GATEWAY_BASURL sets nothing: did you mean tuodui.gateway.base-url?"));
  }
}
