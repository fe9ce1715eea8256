package io.tuodui.account;

import java.time.Duration;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.springframework.data.redis.core.StringRedisTemplate;

/** Permits on a Redis, given by a clock that is the test's to move. Guard and horizons as usual. */
abstract class PermitsByMovedClock {
  static final Duration GUARD = Duration.ofMillis(25);
  static final Duration NEAR = Duration.ofSeconds(5);
  static final Duration FAR = Duration.ofMinutes(30);

  Permits permits;
  PermitKeys keys;

  abstract StringRedisTemplate redis();

  @BeforeEach
  void noAccounts() {
    String prefix = "test-" + UUID.randomUUID();
    permits = new Permits(redis(), prefix, Duration.ofSeconds(20));
    keys = new PermitKeys(redis(), prefix);
  }

  static Account account(String name, Limits limits) {
    return new Account(name, "1", "secret", null, limits);
  }

  static Limits ofX(Limits own, Limits x) {
    return new Limits(own.perSecond(), own.perMinute(), own.perDay(), Map.of("x", x));
  }

  Reservation reserve(String api, Duration horizon) {
    return permits.reserve(api, 1, GUARD, Duration.ZERO, horizon).get(0);
  }

  List<Reservation> granted(String api, int wanted, Duration horizon) {
    return permits.reserve(api, wanted, GUARD, Duration.ZERO, horizon).stream()
        .filter(Reservation::granted)
        .toList();
  }

  /** Newcomers have settled in. */
  void configure(Account... accounts) {
    permits.configure(List.of(accounts));
    keys.letPass(3_000);
  }

  /** To the given time of the next day of GMT+8. */
  void tomorrowAt(int hour, int minute, int second) {
    LocalDateTime now =
        LocalDateTime.ofEpochSecond((long) now() / 1000, 0, ZoneOffset.UTC).plusHours(8);
    LocalDateTime then = now.toLocalDate().plusDays(1).atTime(hour, minute, second);
    keys.letPass(then.minusHours(8).toInstant(ZoneOffset.UTC).toEpochMilli() - (long) now());
  }

  double now() {
    return keys.read("").now();
  }

  static long between(List<Reservation> permits, int one, int other) {
    return permits.get(other).slot() - permits.get(one).slot();
  }
}
