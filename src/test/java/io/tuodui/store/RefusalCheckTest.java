package io.tuodui.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import com.mongodb.MongoBulkWriteException;
import com.mongodb.MongoCommandException;
import com.mongodb.MongoException;
import com.mongodb.MongoTimeoutException;
import com.mongodb.ServerAddress;
import com.mongodb.bulk.BulkWriteError;
import com.mongodb.bulk.BulkWriteResult;
import com.mongodb.bulk.WriteConcernError;
import com.mongodb.client.MongoClient;
import com.mongodb.client.MongoClients;
import com.mysql.cj.jdbc.exceptions.PacketTooBigException;
import io.tuodui.embedded.ServersForTests;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.bson.BsonBinary;
import org.bson.BsonDocument;
import org.bson.BsonInt32;
import org.bson.Document;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.dao.DataAccessException;
import org.springframework.jdbc.UncategorizedSQLException;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.datasource.SingleConnectionDataSource;

/** Which failures are the content's fault; MySQL's as the server and its driver make them. */
class RefusalCheckTest {
  private static SingleConnectionDataSource source;
  private static JdbcTemplate jdbc;

  @BeforeAll
  static void connect() {
    source = new SingleConnectionDataSource(ServersForTests.newDatabase(), "root", "", true);
    jdbc = new JdbcTemplate(source);
    jdbc.execute(
        "CREATE TABLE narrow (id INT PRIMARY KEY, word VARCHAR(3) NOT NULL CHECK (word <> 'bad'),"
            + " small TINYINT) CHARACTER SET utf8mb4");
    jdbc.execute("INSERT INTO narrow VALUES (1, 'a', 1)");
    jdbc.execute("SET max_heap_table_size = 16384");
    jdbc.execute("CREATE TABLE full (text CHAR(250)) ENGINE = MEMORY");
  }

  @AfterAll
  static void disconnect() {
    source.destroy();
  }

  private static ContentRefused refusalOf(String statement) {
    Throwable failure = catchThrowable(() -> jdbc.execute(statement));
    assertThat(failure).as(statement).isInstanceOf(DataAccessException.class);
    return RefusalCheck.in(new IllegalStateException("as Camel wraps it", failure));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "mysql 4025 | INSERT INTO narrow VALUES (2, 'bad', 1)",
        "mysql 1406 | INSERT INTO narrow VALUES (2, 'long', 1)",
        "mysql 1264 | INSERT INTO narrow VALUES (2, 'a', 1000)",
        "mysql 1366 | INSERT INTO narrow VALUES (2, 'a', 'x')",
        "mysql 1048 | INSERT INTO narrow VALUES (2, NULL, 1)",
        "mysql 1062 | INSERT INTO narrow VALUES (1, 'a', 1)",
        "mysql 1364 | INSERT INTO narrow (id) VALUES (2)",
        "mysql 1644 | SIGNAL SQLSTATE '45000' SET MESSAGE_TEXT = 'by a trigger'",
      })
  void mySqlRefusesAValue(String code, String statement) {
    ContentRefused refusal = refusalOf(statement);
    assertThat(refusal).isNotNull();
    assertThat(refusal.code()).isEqualTo(code);
    assertThat(refusal.getMessage()).isNotBlank();
    assertThat(refusal).hasNoCause();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "INSERT INTO full SELECT REPEAT('x', 250) FROM seq_1_to_1000",
        "INSERT INTO away VALUES (1)",
        "SIGNAL SQLSTATE 'HY000' SET MYSQL_ERRNO = 1021",
        "SIGNAL SQLSTATE 'HY000' SET MYSQL_ERRNO = 1290",
        "SIGNAL SQLSTATE 'HY000' SET MYSQL_ERRNO = 3",
      })
  void mySqlIsFullOrCannotWrite(String statement) {
    assertThat(refusalOf(statement)).isNull();
  }

  @Test
  void aBatchTooLargeForOnePacketMayBeStoredInParts() {
    assertThat(
            RefusalCheck.in(
                new UncategorizedSQLException("task", "sql", new PacketTooBigException(2, 1))))
        .isNotNull();
  }

  @Test
  void mongoDbRefusesADocumentThatIsTooLarge() {
    try (MongoClient client = MongoClients.create(ServersForTests.mongoUri())) {
      Throwable failure =
          catchThrowable(
              () ->
                  client
                      .getDatabase("refusals")
                      .getCollection("any")
                      .insertOne(new Document("x", new BsonBinary(new byte[17 * 1024 * 1024]))));
      assertThat(failure).isNotNull();
      assertThat(RefusalCheck.in(failure)).isNotNull();
    }
  }

  /** The codes of the writes that failed, and whether the content is at fault. */
  @ParameterizedTest
  @CsvSource({
    "121,         true",
    "10334 11000, true",
    "14031,       false",
    "121 14031,   false",
    "8000,        false",
    "13,          false",
  })
  void ofABulkWriteEveryFailureCounts(String codes, boolean content) {
    assertThat(RefusalCheck.in(bulkFailure(codes, null)) != null).isEqualTo(content);
    assertThat(
            RefusalCheck.in(
                bulkFailure(codes, new WriteConcernError(64, "w", "", new BsonDocument()))))
        .as("not confirmed by other servers either")
        .isNull();
  }

  private static MongoException bulkFailure(String codes, WriteConcernError unconfirmed) {
    List<BulkWriteError> errors = new ArrayList<>();
    for (String code : codes.split(" ")) {
      errors.add(
          new BulkWriteError(Integer.parseInt(code), "as told", new BsonDocument(), errors.size()));
    }
    return new MongoBulkWriteException(
        BulkWriteResult.unacknowledged(), errors, unconfirmed, new ServerAddress(), Set.of());
  }

  @Test
  void whatElseMongoDbFailsForIsItsOwn() {
    BsonDocument reply = new BsonDocument("code", new BsonInt32(14031));
    assertThat(RefusalCheck.in(new MongoCommandException(reply, new ServerAddress()))).isNull();
    assertThat(RefusalCheck.in(new MongoTimeoutException("away"))).isNull();
    assertThat(RefusalCheck.in(new IllegalStateException("a bug"))).isNull();
  }
}
