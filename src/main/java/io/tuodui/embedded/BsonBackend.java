package io.tuodui.embedded;

import de.bwaldvogel.mongo.MongoCollection;
import de.bwaldvogel.mongo.MongoDatabase;
import de.bwaldvogel.mongo.backend.CollectionOptions;
import de.bwaldvogel.mongo.backend.Index;
import de.bwaldvogel.mongo.backend.IndexKey;
import de.bwaldvogel.mongo.backend.h2.H2Backend;
import de.bwaldvogel.mongo.backend.h2.H2Database;
import java.util.List;
import org.h2.mvstore.MVMap;
import org.h2.mvstore.MVStore;

/**
 * The library's file backend, with its maps in BSON. Left to itself it writes documents by Java
 * serialization, and serializes keys to compare them, which takes most of its time. A map that is
 * open already is what it gets when it opens one of that name.
 */
final class BsonBackend extends H2Backend {

  BsonBackend(MVStore store) {
    super(store);
  }

  @Override
  protected MongoDatabase openOrCreateDatabase(String database) {
    MVStore store = getMvStore();
    return new H2Database(database, store, getCursorRegistry()) {
      @Override
      protected MongoCollection<Object> openOrCreateCollection(
          String collection, CollectionOptions options) {
        openAsBson(store, "databases." + database + "." + collection);
        return super.openOrCreateCollection(collection, options);
      }

      @Override
      protected Index<Object> openOrCreateUniqueIndex(
          String collection, String index, List<IndexKey> keys, boolean sparse) {
        openAsBson(store, database + "." + collection + "._index_" + index);
        return super.openOrCreateUniqueIndex(collection, index, keys, sparse);
      }
    };
  }

  private static void openAsBson(MVStore store, String name) {
    store.openMap(
        name,
        new MVMap.Builder<Object, Object>()
            .keyType(BsonDataType.INSTANCE)
            .valueType(BsonDataType.INSTANCE));
  }
}
