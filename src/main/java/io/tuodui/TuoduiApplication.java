package io.tuodui;

import java.util.Map;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.core.env.MapPropertySource;
import org.springframework.web.context.support.StandardServletEnvironment;

/** The node: the Spring Boot application that runs the routes. */
@SpringBootApplication
public class TuoduiApplication {

  /**
   * Starts a node.
   *
   * @param settings of the command that starts it: before all files, after the arguments
   * @param arguments {@code --key=value}, each a Spring property
   */
  public static ConfigurableApplicationContext start(
      Map<String, Object> settings, String... arguments) {
    // Hawtio's own login is off, because Spring Security guards all of the actuator.
    System.setProperty("hawtio.authenticationEnabled", "false");
    StandardServletEnvironment environment = new StandardServletEnvironment();
    environment.getPropertySources().addFirst(new MapPropertySource("command", settings));
    SpringApplication application = new SpringApplication(TuoduiApplication.class);
    application.setEnvironment(environment);
    return application.run(arguments);
  }
}
