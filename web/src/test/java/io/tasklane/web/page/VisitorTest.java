package io.tasklane.web.page;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class VisitorTest {
  private static Optional<String> refusal(String host, String origin) {
    return new Visitor(Optional.ofNullable(host), Optional.ofNullable(origin)).refusal();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"localhost:8080", "localhost", "LOCALHOST:8080", "127.0.0.1:8080", "[::1]:8080"})
  void this_machine_by_its_own_names_and_addresses_is_served(String host) {
    assertThat(refusal(host, null)).isEmpty();
    assertThat(refusal(host, "http://" + host)).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"evil.example", "localhost.evil.example:8080", "127.0.0.1.evil.example", ""})
  void a_name_that_anybody_could_point_here_is_refused_and_told_what_to_do(String host) {
    assertThat(refusal(host, "http://" + host).orElseThrow()).contains("localhost");
  }

  @Test
  void a_request_without_a_host_is_refused() {
    assertThat(refusal(null, null)).isPresent();
  }

  @ParameterizedTest
  @CsvSource({
    "127.0.0.1:8080, http://evil.example",
    "127.0.0.1:8080, http://127.0.0.1:9999",
    "127.0.0.1:8080, http://localhost:8080",
    "127.0.0.1:8080, null",
    "127.0.0.1:8080, ftp://127.0.0.1:8080"
  })
  void a_page_of_another_origin_is_refused(String host, String origin) {
    assertThat(refusal(host, origin).orElseThrow()).contains(origin);
  }
}
