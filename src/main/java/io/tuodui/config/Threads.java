package io.tuodui.config;

import java.lang.reflect.InvocationTargetException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/**
 * The threads that wait for replies: virtual ones on a JVM that has them (21 and newer), which more
 * than doubles the throughput. How many there are is bounded by the batches in flight, not by these
 * pools.
 */
@Configuration(proxyBeanMethods = false)
class Threads {

  /** One thread a call. Not a default candidate: Spring Boot keeps its own executor. */
  @Bean(defaultCandidate = false, destroyMethod = "shutdown")
  ExecutorService callThreads() {
    return threadPerTask("call-");
  }

  /** One thread a store and batch. */
  @Bean(defaultCandidate = false, destroyMethod = "shutdown")
  ExecutorService storeThreads() {
    return threadPerTask("store-");
  }

  private static ExecutorService threadPerTask(String name) {
    try {
      // By reflection, because Tuodui is compiled for Java 17.
      return (ExecutorService)
          Executors.class.getMethod("newVirtualThreadPerTaskExecutor").invoke(null);
    } catch (NoSuchMethodException older) {
      return Executors.newCachedThreadPool(
          run -> {
            Thread thread = new Thread(run);
            thread.setName(name + thread.getId());
            thread.setDaemon(true);
            return thread;
          });
    } catch (IllegalAccessException | InvocationTargetException broken) {
      throw new IllegalStateException("This JVM gives no virtual threads", broken);
    }
  }
}
