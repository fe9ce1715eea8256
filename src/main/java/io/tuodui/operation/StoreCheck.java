package io.tuodui.operation;

import com.mongodb.client.MongoClient;
import java.util.Properties;
import org.bson.Document;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.InitializingBean;
import org.springframework.dao.DataAccessException;
import org.springframework.data.redis.connection.RedisConnection;
import org.springframework.data.redis.connection.RedisConnectionFactory;
import org.springframework.stereotype.Component;

/**
 * At the start, asks Redis and MongoDB for a sign of life, so that a wrong address is said at once
 * (MySQL's is found by its migrations), and whether Redis is set up to keep what it is given.
 */
@Component
public class StoreCheck implements InitializingBean {
  private static final Logger LOG = LoggerFactory.getLogger(StoreCheck.class);

  private final RedisConnectionFactory redis;
  private final MongoClient mongo;

  StoreCheck(RedisConnectionFactory redis, MongoClient mongo) {
    this.redis = redis;
    this.mongo = mongo;
  }

  @Override
  public void afterPropertiesSet() {
    try (RedisConnection connection = redis.getConnection()) {
      connection.ping();
      warnUnlessDurable(connection);
    }
    mongo.getDatabase("admin").runCommand(new Document("ping", 1));
  }

  private static void warnUnlessDurable(RedisConnection connection) {
    try {
      Properties policy = connection.serverCommands().getConfig("maxmemory-policy");
      Properties appendOnly = connection.serverCommands().getConfig("appendonly");
      warnUnless(policy, "noeviction", "Redis may throw queued tasks away when it is full");
      warnUnless(appendOnly, "yes", "Redis forgets the queue when it restarts");
    } catch (DataAccessException forbidden) {
      LOG.info("Redis does not tell its configuration; it should have appendonly and noeviction");
    }
  }

  private static void warnUnless(Properties config, String wanted, String consequence) {
    if (config == null) {
      return;
    }
    for (String key : config.stringPropertyNames()) {
      if (!wanted.equals(config.getProperty(key))) {
        LOG.warn("{}: set {} {}", consequence, key, wanted);
      }
    }
  }
}
