/**
 * Redis, MariaDB and a MongoDB-compatible server that Tuodui runs by itself, for the quick start
 * and for tests. The application starts them in one child JVM ({@link
 * io.tuodui.embedded.EmbeddedServersProcess}); their libraries are never loaded into the
 * application, and a production image leaves them out.
 */
package io.tuodui.embedded;
