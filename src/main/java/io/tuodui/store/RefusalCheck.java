package io.tuodui.store;

import com.mongodb.MongoBulkWriteException;
import com.mongodb.MongoException;
import com.mongodb.bulk.BulkWriteError;
import com.mysql.cj.jdbc.exceptions.PacketTooBigException;
import java.sql.SQLException;
import java.util.List;
import java.util.Set;
import org.bson.BSONException;

/**
 * Tells a store that refuses what it is given from one that is away, slow, full or read-only. Only
 * what is named here is the content's fault; everything else is the store's, and passes.
 */
final class RefusalCheck {
  /** Values that do not fit, broken constraints, and a trigger's own {@code SIGNAL}. */
  private static final Set<String> SQL_STATES_OF_CONTENT = Set.of("22", "23", "45");

  /**
   * What MySQL and MariaDB say of values without a state of their own: cut off (1265), no default
   * (1364), a wrong string (1366), a broken CHECK constraint (3819), JSON that they cannot read
   * (4036 to 4041).
   */
  private static final Set<Integer> MYSQL_CODES_OF_CONTENT =
      Set.of(1265, 1364, 1366, 3819, 4036, 4037, 4038, 4039, 4040, 4041);

  /**
   * BadValue, FailedToParse, TypeMismatch, Overflow, InvalidBSON, DollarPrefixedFieldName,
   * EmptyFieldName, DottedFieldName, DocumentValidationFailure, BSONObjectTooLarge, a duplicate
   * key, an index's key too long, and an update that makes a document too large.
   */
  private static final Set<Integer> MONGODB_CODES_OF_CONTENT =
      Set.of(2, 9, 14, 15, 22, 52, 56, 57, 121, 10334, 11000, 17280, 17419, 17420);

  private RefusalCheck() {}

  /** The refusal in a failure or its causes, or {@code null} when it is the store's own. */
  static ContentRefused in(Throwable failure) {
    for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
      ContentRefused refusal = null;
      if (cause instanceof SQLException sql) {
        refusal = byMySql(sql);
      } else if (cause instanceof MongoException mongo) {
        refusal = byMongoDb(mongo);
      } else if (cause instanceof BSONException unfit) {
        refusal = new ContentRefused("mongodb", unfit.getMessage());
      }
      if (refusal != null) {
        return refusal;
      }
    }
    return null;
  }

  private static ContentRefused byMySql(SQLException failure) {
    String state = failure.getSQLState();
    boolean content =
        MYSQL_CODES_OF_CONTENT.contains(failure.getErrorCode())
            || state != null
                && state.length() > 1
                && SQL_STATES_OF_CONTENT.contains(state.substring(0, 2))
            || failure instanceof PacketTooBigException;
    return content
        ? new ContentRefused("mysql " + failure.getErrorCode(), failure.getMessage())
        : null;
  }

  /** Should the store itself fail for a part of a bulk write, that comes first. */
  private static ContentRefused byMongoDb(MongoException failure) {
    if (failure instanceof MongoBulkWriteException bulk) {
      List<BulkWriteError> errors = bulk.getWriteErrors();
      boolean content =
          !errors.isEmpty()
              && bulk.getWriteConcernError() == null
              && errors.stream().allMatch(e -> MONGODB_CODES_OF_CONTENT.contains(e.getCode()));
      return content ? mongoDb(errors.get(0).getCode(), errors.get(0).getMessage()) : null;
    }
    return MONGODB_CODES_OF_CONTENT.contains(failure.getCode())
        ? mongoDb(failure.getCode(), failure.getMessage())
        : null;
  }

  private static ContentRefused mongoDb(int code, String message) {
    return new ContentRefused("mongodb " + code, message);
  }
}
