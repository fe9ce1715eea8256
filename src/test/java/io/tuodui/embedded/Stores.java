package io.tuodui.embedded;

import com.mongodb.client.MongoClient;
import com.mongodb.client.MongoClients;
import com.mongodb.client.MongoCollection;
import com.mongodb.client.model.Filters;
import com.mongodb.client.model.ReplaceOptions;
import io.lettuce.core.RedisClient;
import io.lettuce.core.api.StatefulRedisConnection;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.bson.Document;

/** Writes a mark to all three servers and reads it again, through the drivers that Tuodui uses. */
final class Stores {

  private final Map<Kind, Integer> ports;

  Stores(Map<Kind, Integer> ports) {
    this.ports = ports;
  }

  Stores(EmbeddedServers servers) {
    this(
        Map.of(
            Kind.REDIS, servers.port(Kind.REDIS),
            Kind.MYSQL, servers.port(Kind.MYSQL),
            Kind.MONGODB, servers.port(Kind.MONGODB)));
  }

  void write(String mark) throws SQLException {
    redis(connection -> connection.sync().set("mark", mark));
    try (Connection connection = mysql();
        Statement statement = connection.createStatement()) {
      statement.execute("CREATE TABLE IF NOT EXISTS mark (id INT PRIMARY KEY, text VARCHAR(99))");
      statement.execute("REPLACE INTO mark VALUES (1, '" + mark + "')");
    }
    mongo(
        marks ->
            marks.replaceOne(
                Filters.eq("_id", 1),
                new Document("text", mark),
                new ReplaceOptions().upsert(true)));
  }

  /** What Redis, MySQL and MongoDB have; "none" where there is nothing. */
  List<String> read() throws SQLException {
    String inRedis = redis(connection -> connection.sync().get("mark"));
    String inMysql;
    try (Connection connection = mysql();
        Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery("SELECT text FROM mark WHERE id = 1")) {
      inMysql = rows.next() ? rows.getString(1) : "none";
    }
    Document inMongo = mongo(marks -> marks.find().first());
    return List.of(
        inRedis == null ? "none" : inRedis,
        inMysql,
        inMongo == null ? "none" : inMongo.getString("text"));
  }

  String mysqlVariable(String name) throws SQLException {
    try (Connection connection = mysql();
        Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery("SELECT @@" + name)) {
      rows.next();
      return rows.getString(1);
    }
  }

  <T> T redis(Function<StatefulRedisConnection<String, String>, T> work) {
    RedisClient client = RedisClient.create(Kind.REDIS.url(ports.get(Kind.REDIS)));
    try (StatefulRedisConnection<String, String> connection = client.connect()) {
      return work.apply(connection);
    } finally {
      client.shutdown();
    }
  }

  private Connection mysql() throws SQLException {
    return DriverManager.getConnection(Kind.MYSQL.url(ports.get(Kind.MYSQL)), "root", "");
  }

  <T> T mongo(Function<MongoCollection<Document>, T> work) {
    try (MongoClient client = MongoClients.create(Kind.MONGODB.url(ports.get(Kind.MONGODB)))) {
      return work.apply(client.getDatabase("tuodui").getCollection("mark"));
    }
  }
}
