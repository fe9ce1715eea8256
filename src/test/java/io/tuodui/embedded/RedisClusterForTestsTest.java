package io.tuodui.embedded;

import static org.assertj.core.api.Assertions.assertThat;

import io.lettuce.core.cluster.RedisClusterClient;
import io.lettuce.core.cluster.api.StatefulRedisClusterConnection;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class RedisClusterForTestsTest {

  @Test
  void servesKeysOfAllThreeMasters() {
    RedisClusterClient client =
        RedisClusterClient.create("redis://127.0.0.1:" + RedisClusterForTests.ports().get(0));
    try (StatefulRedisClusterConnection<String, String> connection = client.connect()) {
      IntStream.range(0, 100).forEach(i -> connection.sync().set("cluster:" + i, "v" + i));
      assertThat(connection.sync().get("cluster:99")).isEqualTo("v99");
      assertThat(connection.getPartitions()).hasSize(3);
      assertThat(RedisClusterForTests.nodes().split(",")).hasSize(3);
    } finally {
      client.shutdown();
    }
  }
}
