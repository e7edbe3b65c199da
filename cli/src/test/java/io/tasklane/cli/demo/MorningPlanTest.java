package io.tasklane.cli.demo;

import static org.assertj.core.api.Assertions.assertThat;

import io.tasklane.cli.FakeServer;
import io.tasklane.v1.Task;
import io.tasklane.v1.Task.State;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class MorningPlanTest {
  private static List<String> symbols(int count) {
    return IntStream.range(0, count).mapToObj(i -> "S" + i).toList();
  }

  private static Ended end(State state, String result) {
    Task task = Task.newBuilder().setState(state).setResult(FakeServer.json(result)).build();
    return new Ended(task, List.of());
  }

  private static Ended success(String result) {
    return end(State.STATE_SUCCEEDED, result);
  }

  private static List<Order> news(MorningPlan plan) {
    return plan.opening().stream().filter(o -> o.type().equals("news_monitoring")).toList();
  }

  @Test
  void the_morning_opens_with_the_portfolio_and_the_news_of_every_symbol_once() {
    List<Order> opening = new MorningPlan(symbols(81)).opening();
    assertThat(opening)
        .extracting(Order::type)
        .startsWith("sync_account_balances", "update_positions");
    assertThat(opening).extracting(Order::priority).startsWith(10, 9, 7);
    assertThat(opening.stream().flatMap(o -> o.symbols().stream()))
        .containsExactlyElementsOf(symbols(81));
    assertThat(opening).hasSize(2 + 9);
  }

  @Test
  void the_pnl_waits_for_the_positions() {
    MorningPlan plan = new MorningPlan(symbols(2));
    Order positions = plan.opening().get(1);
    assertThat(plan.after(plan.opening().get(0), success("{}"))).isEmpty();
    assertThat(plan.after(positions, end(State.STATE_FAILED, "{}"))).isEmpty();
    List<Order> next = plan.after(positions, success("{}"));
    assertThat(next).extracting(Order::type).containsExactly("calculate_overnight_pnl");
    assertThat(next.get(0).priority()).isEqualTo(8);
  }

  @Test
  void eighty_one_symbols_make_forty_one_analyses_each_of_at_most_two() {
    MorningPlan plan = new MorningPlan(symbols(81));
    List<Order> analyses = new ArrayList<>();
    for (Order batch : news(plan)) {
      analyses.addAll(plan.after(batch, success("{}")));
    }
    assertThat(analyses).hasSize(41).allMatch(o -> o.type().equals("claude_morning_prep"));
    assertThat(analyses).allMatch(o -> o.symbols().size() <= 2).allMatch(o -> o.priority() == 5);
    assertThat(plan.unordered()).isZero();
  }

  @Test
  void a_pair_that_lies_in_two_batches_waits_for_both() {
    MorningPlan plan = new MorningPlan(symbols(18));
    List<Order> batches = news(plan);
    assertThat(plan.after(batches.get(0), success("{}"))).hasSize(4);
    assertThat(plan.after(batches.get(1), success("{}")))
        .extracting(Order::symbols)
        .contains(List.of("S8", "S9"))
        .hasSize(5);
  }

  @Test
  void failed_news_order_no_analysis_and_are_counted() {
    MorningPlan plan = new MorningPlan(symbols(4));
    assertThat(plan.after(news(plan).get(0), end(State.STATE_FAILED, "{}"))).isEmpty();
    assertThat(plan.unordered()).isEqualTo(2);
  }

  @Test
  void an_analysis_gets_the_news_of_its_own_symbols_and_their_urgency() {
    MorningPlan plan = new MorningPlan(symbols(4));
    String result = "{\"symbols\":[{\"symbol\":\"S2\",\"headline\":\"h\",\"max_impact\":0.9}]}";
    List<Order> analyses = plan.after(news(plan).get(0), success(result));
    assertThat(analyses).extracting(Order::priority).containsExactly(5, 8);
    assertThat(analyses)
        .extracting(order -> order.input().getAsJsonObject("news").toString())
        .containsExactly("{\"symbols\":[]}", result);
  }

  @Test
  void the_tracked_symbols_are_eighty_one_different_ones() {
    assertThat(Symbols.tracked()).hasSize(81).doesNotHaveDuplicates();
  }
}
