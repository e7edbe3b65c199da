package io.tasklane.grpc.call;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tasklane.grpc.error.InvalidRequest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PageTokenTest {
  private final PageToken tokens = new PageToken("tasks", "state = QUEUED");

  @Test
  void a_token_leads_back_to_its_position() {
    assertThat(tokens.position(tokens.after("123"))).contains("123");
    assertThat(tokens.position("")).isEmpty();
  }

  @Test
  void blanks_around_a_filter_make_no_other_list() {
    assertThat(new PageToken("tasks", " state = QUEUED ").position(tokens.after("5")))
        .contains("5");
  }

  @Test
  void a_token_of_another_list_or_filter_is_refused() {
    String token = tokens.after("123");

    assertThatThrownBy(() -> new PageToken("tasks", "").position(token))
        .isInstanceOf(InvalidRequest.class)
        .hasMessageContaining("page_token");
    assertThatThrownBy(() -> new PageToken("queues", "state = QUEUED").position(token))
        .isInstanceOf(InvalidRequest.class);
  }

  @ParameterizedTest
  @ValueSource(strings = {"x", "!!", "AAAAAAAAAAAAAAAA", "ä"})
  void what_is_no_token_is_refused(String token) {
    assertThatThrownBy(() -> tokens.position(token)).isInstanceOf(InvalidRequest.class);
  }

  @Test
  void a_page_holds_fifty_where_nothing_is_said() {
    assertThat(PageSize.of(0)).isEqualTo(50);
    assertThat(PageSize.of(7)).isEqualTo(7);
  }
}
