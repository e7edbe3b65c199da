package io.tasklane.cli.command;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;

/** A list of 1 to 7 on a server whose pages hold three at the most. */
class ListingTest {
  private static final int COUNT = 7;

  private final List<String> calls = new ArrayList<>();
  private final Listing<Page, Integer> listing = new Listing<>(Page::elements, Page::next);

  private record Page(List<Integer> elements, String next) {}

  private Page page(String token, int size) {
    calls.add(token + "/" + size);
    int first = token.isEmpty() ? 1 : Integer.parseInt(token);
    int next = Math.min(first + Math.min(size, 3), COUNT + 1);
    return new Page(
        IntStream.range(first, next).boxed().toList(), next > COUNT ? "" : Integer.toString(next));
  }

  private static PageOptions options(String... words) {
    return CommandLine.populateCommand(new PageOptions(), words);
  }

  @Test
  void a_whole_list_is_read_over_all_its_pages() {
    assertThat(listing.all(token -> page(token, 50))).containsExactly(1, 2, 3, 4, 5, 6, 7);
    assertThat(calls).containsExactly("/50", "4/50", "7/50");
  }

  @Test
  void no_more_is_asked_for_than_the_limit_leaves_and_the_rest_has_a_token() {
    Listing.Result<Page, Integer> read = listing.limited(options("--limit", "5"), this::page);
    assertThat(read.elements()).containsExactly(1, 2, 3, 4, 5);
    assertThat(calls).containsExactly("/5", "4/2");
    assertThat(read.nextPage()).isEqualTo("6");
    assertThat(read.last().elements()).containsExactly(4, 5);
  }

  @Test
  void it_begins_at_the_page_that_was_asked_for() {
    assertThat(listing.limited(options("--page", "6"), this::page).elements())
        .containsExactly(6, 7);
  }
}
