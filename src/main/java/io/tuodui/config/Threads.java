package io.tuodui.config;

import java.lang.reflect.InvocationTargetException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ThreadFactory;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/**
 * The threads that wait for replies and for stores. Those for replies are virtual on a JVM that has
 * such (21 and newer), which more than doubles the throughput; how many there are is bounded by the
 * batches in flight, not by this pool. Those for the stores are few: a store that is asked to do
 * everything at once does less.
 */
@Configuration(proxyBeanMethods = false)
class Threads {

  /** One thread a call. Not a default candidate: Spring Boot keeps its own executor. */
  @Bean(defaultCandidate = false, destroyMethod = "shutdown")
  ExecutorService callThreads() {
    return threadPerTask("call-");
  }

  /** One thread for each of the two stores and each batch that may be stored at once. */
  @Bean(defaultCandidate = false, destroyMethod = "shutdown")
  ExecutorService storeThreads(TuoduiProperties properties) {
    return Executors.newFixedThreadPool(
        2 * properties.collect().batchesStoredAtOnce(), daemons("store-"));
  }

  private static ExecutorService threadPerTask(String name) {
    try {
      // By reflection, because Tuodui is compiled for Java 17.
      return (ExecutorService)
          Executors.class.getMethod("newVirtualThreadPerTaskExecutor").invoke(null);
    } catch (NoSuchMethodException older) {
      return Executors.newCachedThreadPool(daemons(name));
    } catch (IllegalAccessException | InvocationTargetException broken) {
      throw new IllegalStateException("This JVM gives no virtual threads", broken);
    }
  }

  private static ThreadFactory daemons(String name) {
    return run -> {
      Thread thread = new Thread(run);
      thread.setName(name + thread.getId());
      thread.setDaemon(true);
      return thread;
    };
  }
}
