package io.tuodui.operation;

import com.mongodb.client.MongoClient;
import org.bson.Document;
import org.springframework.boot.actuate.health.AbstractHealthIndicator;
import org.springframework.boot.actuate.health.Health;
import org.springframework.stereotype.Component;

/** Health of MongoDB, under the name {@code mongo}. */
@Component
class MongoHealthIndicator extends AbstractHealthIndicator {
  private final MongoClient mongo;

  MongoHealthIndicator(MongoClient mongo) {
    super("MongoDB does not answer");
    this.mongo = mongo;
  }

  @Override
  protected void doHealthCheck(Health.Builder builder) {
    mongo.getDatabase("admin").runCommand(new Document("ping", 1));
    builder.up();
  }
}
