package io.tuodui.embedded;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.mongodb.bulk.BulkWriteResult;
import com.mongodb.client.model.Filters;
import com.mongodb.client.model.ReplaceOneModel;
import com.mongodb.client.model.ReplaceOptions;
import com.mongodb.client.model.UpdateOneModel;
import com.mongodb.client.model.UpdateOptions;
import com.mongodb.client.model.Updates;
import com.mongodb.client.model.WriteModel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import org.bson.Document;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EmbeddedServersTest {

  private static final EnumSet<Kind> ALL = EnumSet.allOf(Kind.class);

  @TempDir Path temp;

  @Test
  void keepsTheDataOfAllThreeFromOneStartToTheNext() throws Exception {
    Path dir = temp.resolve("数据 with spaces");
    try (EmbeddedServers servers = EmbeddedServers.start(dir, ALL)) {
      new Stores(servers).write("驼队");
    }
    try (EmbeddedServers servers = EmbeddedServers.start(dir, ALL)) {
      assertThat(new Stores(servers).read()).containsExactly("驼队", "驼队", "驼队");
    }
  }

  @Test
  void runsWithSettingsThatLoseNothing() throws Exception {
    Stores stores = new Stores(ServersForTests.servers());
    Map<String, String> redis = stores.redis(connection -> connection.sync().configGet("*"));
    assertThat(redis)
        .containsEntry("appendonly", "yes")
        .containsEntry("appendfsync", "everysec")
        .containsEntry("maxmemory-policy", "noeviction")
        .containsEntry("bind", "127.0.0.1");
    assertThat(stores.mysqlVariable("innodb_flush_log_at_trx_commit")).isEqualTo("1");
    assertThat(stores.mysqlVariable("innodb_doublewrite")).isEqualTo("ON");
    assertThat(stores.mysqlVariable("max_allowed_packet")).isEqualTo("67108864");
    assertThat(stores.mysqlVariable("character_set_database")).isEqualTo("utf8mb4");
    assertThat(stores.mysqlVariable("bind_address")).isEqualTo("127.0.0.1");
  }

  @Test
  void aSecondStartOnTheSameDirectoryNamesTheDirectoryAndTheHolder() {
    try (EmbeddedServers first = EmbeddedServers.start(temp, EnumSet.of(Kind.REDIS))) {
      assertThat(first.port(Kind.REDIS)).isPositive();
      assertThatThrownBy(() -> EmbeddedServers.start(temp, EnumSet.of(Kind.REDIS)))
          .isInstanceOf(EmbeddedServersException.class)
          .hasMessageContaining(temp.getFileName().toString())
          .hasMessageContaining("in use by process " + ProcessHandle.current().pid());
      assertThatThrownBy(() -> first.port(Kind.MYSQL))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageContaining("mysql");
    }
  }

  @Test
  void aPidFileThatNamesAnotherProgramHarmsNobody() throws Exception {
    Process bystander = new ProcessBuilder("sleep", "600").start();
    try {
      Files.writeString(temp.resolve("redis.pid"), Long.toString(bystander.pid()));
      EmbeddedServers.start(temp, EnumSet.of(Kind.REDIS)).close();
      assertThat(bystander.isAlive()).isTrue();
    } finally {
      bystander.destroyForcibly();
    }
  }

  @Test
  void aServerThatCannotStartIsReportedWithTheEndOfItsLog() throws Exception {
    Files.createDirectories(temp.resolve("mysql"));
    Files.writeString(temp.resolve("mysql/ibdata1"), "this is no database");
    assertThatThrownBy(() -> EmbeddedServers.start(temp, ALL))
        .isInstanceOf(EmbeddedServersException.class)
        .hasMessageContaining("mysql server did not start")
        .hasMessageContaining("ib_logfile0 was not found");
    // Everything that did start was stopped again, and the directory is free
    EmbeddedServers.start(temp, EnumSet.of(Kind.REDIS, Kind.MONGODB)).close();
  }

  @Test
  void mongoTakesBatchesOf200UpsertsOfUpTo30Kilobytes() {
    Stores stores = new Stores(ServersForTests.servers());
    String filler = "商品详情 detail ".repeat(2_000);
    List<WriteModel<Document>> first = new ArrayList<>();
    List<WriteModel<Document>> second = new ArrayList<>();
    for (long id = 0; id < 200; id++) {
      int size = 1_000 + (int) id * 110;
      first.add(
          new ReplaceOneModel<>(
              Filters.eq("_id", 1_000 + id),
              new Document("raw", filler.substring(0, size)).append("round", 1),
              new ReplaceOptions().upsert(true)));
      second.add(
          new UpdateOneModel<>(
              Filters.eq("_id", 1_100 + id),
              Updates.combine(
                  Updates.set("raw", filler.substring(0, size)), Updates.inc("round", 1)),
              new UpdateOptions().upsert(true)));
    }
    BulkWriteResult inserted = stores.mongo(items -> items.bulkWrite(first));
    assertThat(inserted.getUpserts()).hasSize(200);
    BulkWriteResult mixed = stores.mongo(items -> items.bulkWrite(second));
    assertThat(mixed.getUpserts()).hasSize(100);
    assertThat(mixed.getMatchedCount()).isEqualTo(100);
    long count = stores.mongo(items -> items.countDocuments(Filters.gte("_id", 1_000L)));
    assertThat(count).isEqualTo(300);
    Document twice = stores.mongo(items -> items.find(Filters.eq("_id", 1_150L)).first());
    assertThat(twice.getInteger("round")).isEqualTo(2);
    assertThat(twice.getString("raw")).isEqualTo(filler.substring(0, 1_000 + 50 * 110));
  }
}
