package io.tuodui.config;

import jakarta.validation.Validation;
import jakarta.validation.ValidatorFactory;
import java.time.Clock;
import org.springframework.boot.context.properties.bind.Bindable;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.bind.validation.ValidationBindHandler;
import org.springframework.core.env.ConfigurableEnvironment;
import org.springframework.validation.beanvalidation.SpringValidatorAdapter;

/**
 * Checks the settings before the embedded servers are started: a typing error is then told at once
 * and not after their start.
 */
final class Preflight {
  private Preflight() {}

  /**
   * @param calls whether calls will be made, and accounts and a dialect are needed
   * @throws UserError when the accounts or the dialect are wrong
   * @throws org.springframework.boot.context.properties.bind.BindException when a value is wrong
   */
  static void check(ConfigurableEnvironment environment, boolean calls) {
    try (ValidatorFactory validators = Validation.buildDefaultValidatorFactory()) {
      TuoduiProperties properties =
          Binder.get(environment)
              .bind(
                  "tuodui",
                  Bindable.of(TuoduiProperties.class),
                  new ValidationBindHandler(new SpringValidatorAdapter(validators.getValidator())))
              .get();
      if (calls) {
        TuoduiConfiguration.accountsOf(properties, environment);
        TuoduiConfiguration.dialectOf(properties, Clock.systemUTC());
      }
    }
  }
}
