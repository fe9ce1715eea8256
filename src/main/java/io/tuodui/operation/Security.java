package io.tuodui.operation;

import static org.springframework.security.config.Customizer.withDefaults;

import io.tuodui.config.TuoduiProperties;
import org.springframework.boot.actuate.autoconfigure.security.servlet.EndpointRequest;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.core.userdetails.User;
import org.springframework.security.core.userdetails.UserDetailsService;
import org.springframework.security.provisioning.InMemoryUserDetailsManager;
import org.springframework.security.web.SecurityFilterChain;

/** A login for everything but health. */
@Configuration(proxyBeanMethods = false)
class Security {

  @Bean
  SecurityFilterChain securityFilterChain(HttpSecurity http) throws Exception {
    return http.authorizeHttpRequests(
            requests ->
                requests
                    .requestMatchers(EndpointRequest.to("health"))
                    .permitAll()
                    .anyRequest()
                    .authenticated())
        .formLogin(withDefaults())
        .httpBasic(withDefaults())
        // Jolokia's own POSTs carry no token; the session cookie is same-site strict instead.
        .csrf(csrf -> csrf.ignoringRequestMatchers("/actuator/jolokia/**"))
        .headers(headers -> headers.frameOptions(frame -> frame.sameOrigin()))
        .build();
  }

  @Bean
  UserDetailsService users(TuoduiProperties properties) {
    return new InMemoryUserDetailsManager(
        User.withUsername(properties.admin().user())
            .password(AdminPassword.encoded(properties))
            .roles("ADMIN")
            .build());
  }
}
