package io.tuodui.config;

import jakarta.validation.Constraint;
import jakarta.validation.ConstraintValidator;
import jakarta.validation.ConstraintValidatorContext;
import jakarta.validation.Payload;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import java.text.ParseException;
import java.util.Date;
import org.quartz.CronExpression;

/** The text is a Quartz cron expression, and its time comes: Quartz refuses others at its start. */
@Target(ElementType.FIELD)
@Retention(RetentionPolicy.RUNTIME)
@Constraint(validatedBy = Cron.Check.class)
@interface Cron {
  String message() default
      "must be a Quartz cron expression whose time comes: second, minute, hour, day, month, weekday,"
          + " one of the days as ?, such as 0 0/5 * * * ? for every five minutes";

  Class<?>[] groups() default {};

  Class<? extends Payload>[] payload() default {};

  /** Asks Quartz. */
  final class Check implements ConstraintValidator<Cron, String> {
    @Override
    public boolean isValid(String text, ConstraintValidatorContext context) {
      try {
        return text != null && new CronExpression(text).getNextValidTimeAfter(new Date()) != null;
      } catch (ParseException wrong) {
        return false;
      }
    }
  }
}
