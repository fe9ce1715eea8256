package io.tuodui.simulator;

import static org.assertj.core.api.Assertions.assertThat;

import io.tuodui.gateway.Dialect;
import io.tuodui.gateway.Dialects;
import io.tuodui.gateway.ReplyClass;
import io.tuodui.gateway.Verdict;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Replies in which a key occurs twice, and what the collector makes of them. */
class DuplicatedKeysTest {
  @Test
  void oneFieldComesWithNullBeforeOrAfterItsValue() {
    assertThat(duplicated("{\"a\":{\"b\":1.5,\"c\":null},\"d\":[7,{\"e\":\"连\"}]}"))
        .containsExactlyInAnyOrder(
            "{\"a\":{\"b\":1.5,\"b\":null,\"c\":null},\"d\":[7,{\"e\":\"连\"}]}",
            "{\"a\":{\"b\":null,\"b\":1.5,\"c\":null},\"d\":[7,{\"e\":\"连\"}]}",
            "{\"a\":{\"b\":1.5,\"c\":null},\"d\":[7,{\"e\":\"连\",\"e\":null}]}",
            "{\"a\":{\"b\":1.5,\"c\":null},\"d\":[7,{\"e\":null,\"e\":\"连\"}]}");
    assertThat(duplicated("\"20260101\"")).containsExactly("\"20260101\"");
  }

  private static Set<String> duplicated(String json) {
    byte[] body = json.getBytes(StandardCharsets.UTF_8);
    return LongStream.range(0, 100)
        .mapToObj(n -> new String(DuplicatedKeys.in(body, Dice.mix(n)), StandardCharsets.UTF_8))
        .collect(Collectors.toSet());
  }

  /** Read as other replies are, about one in four would be an item that lacks a field. */
  @ParameterizedTest
  @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "CURRENT_TIME")
  void noneIsReadAsAnItem(SimulatedAopApi api) {
    Dialect dialect = Dialects.named("aop", null, null, Clock.systemUTC());
    for (long id : SimulatedItems.ids(20).filter(SimulatedItems::published).toArray()) {
      byte[] good = api.body(id, Clock.systemUTC());
      assertThat(dialect.read(id, 200, good).replyClass()).isEqualTo(ReplyClass.SUCCEEDED);
      for (long variation = 0; variation < 20; variation++) {
        byte[] doubled = DuplicatedKeys.in(good, Dice.mix(id + variation));
        Verdict verdict = dialect.read(id, 200, doubled);
        assertThat(verdict.replyClass()).isEqualTo(ReplyClass.MALFORMED);
        assertThat(verdict.message()).startsWith("unreadable JSON: a key twice");
      }
    }
  }
}
