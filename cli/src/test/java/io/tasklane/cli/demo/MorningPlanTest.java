package io.tasklane.cli.demo;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class MorningPlanTest {
  private static List<String> symbols(int count) {
    return IntStream.range(0, count).mapToObj(i -> "S" + i).toList();
  }

  private static List<Order> of(String type, int symbols) {
    return new MorningPlan("run", symbols(symbols))
        .orders().stream().filter(order -> order.type().equals(type)).toList();
  }

  private static List<String> symbolsOf(Order order) {
    return order.input().getAsJsonArray("symbols").asList().stream()
        .map(element -> element.getAsString())
        .toList();
  }

  @Test
  void the_portfolio_comes_first_and_each_part_needs_the_one_before() {
    List<Order> orders = new MorningPlan("run", symbols(81)).orders();
    assertThat(orders)
        .extracting(Order::type)
        .startsWith(
            "sync_account_balances",
            "update_positions",
            "calculate_overnight_pnl",
            "validate_portfolio_risks");
    assertThat(orders).extracting(Order::priority).startsWith(10, 9, 8, 8);
    assertThat(orders.get(0).needs()).isEmpty();
    assertThat(orders.get(1).needs()).containsExactly(new Order.Need(orders.get(0).id(), ""));
    assertThat(orders.subList(2, 4))
        .allMatch(order -> order.needs().equals(List.of(new Order.Need(orders.get(1).id(), ""))));
  }

  @Test
  void the_news_of_every_symbol_is_read_once() {
    assertThat(of("news_monitoring", 81).stream().flatMap(order -> symbolsOf(order).stream()))
        .containsExactlyElementsOf(symbols(81));
    assertThat(of("news_monitoring", 81)).hasSize(9);
  }

  @Test
  void eighty_one_symbols_make_forty_one_analyses_each_of_at_most_two() {
    List<Order> analyses = of("claude_morning_prep", 81);
    assertThat(analyses).hasSize(41).allMatch(order -> symbolsOf(order).size() <= 2);
    assertThat(analyses.stream().flatMap(order -> symbolsOf(order).stream()))
        .containsExactlyElementsOf(symbols(81));
  }

  @Test
  void an_analysis_is_given_the_news_of_its_own_symbols() {
    List<Order> news = of("news_monitoring", 81);
    for (Order analysis : of("claude_morning_prep", 81)) {
      assertThat(analysis.needs()).hasSize(1);
      Order.Need need = analysis.needs().get(0);
      assertThat(need.inputKey()).isEqualTo("news");
      Order needed = news.stream().filter(o -> o.id().equals(need.id())).findFirst().orElseThrow();
      assertThat(symbolsOf(needed)).containsAll(symbolsOf(analysis));
    }
  }

  @Test
  void every_id_is_used_once_and_needs_what_stands_before() {
    Set<String> ids = new HashSet<>();
    for (Order order : new MorningPlan("run", symbols(81)).orders()) {
      order.needs().forEach(need -> assertThat(ids).contains(need.id()));
      assertThat(ids.add(order.id())).isTrue();
    }
  }

  @Test
  void the_tracked_symbols_are_eighty_one_different_ones() {
    assertThat(Symbols.tracked()).hasSize(81).doesNotHaveDuplicates();
  }
}
