package io.tasklane.trigger;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.tasklane.fact.Fact;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;

class TriggersTest {
  private static final Instant OPEN = Instant.parse("2026-11-30T14:30:00Z");
  private static final Duration WINDOW = Duration.ofSeconds(5);
  private static final Map<String, String> UNION =
      Map.of("symbols", "events.map(e, e.data.symbol).distinct()");

  @Test
  void a_burst_within_the_window_starts_once_with_the_union_of_its_symbols() {
    TriggerRules rules = rules(merging("portfolio.updated", UNION));
    CoalesceWindow window = null;
    int at = 0;
    for (String symbol : List.of("AAPL", "MSFT", "AAPL", "XOM", "T")) {
      Optional<CoalesceWindow> open = Optional.ofNullable(window);
      window =
          ((TriggerDecision.Waits)
                  rules.next(event(++at, at * 900L, Map.of("symbol", symbol)), k -> open))
              .window();
    }
    assertThat(window.isDue(OPEN.plusMillis(900 + 4999))).isFalse();
    assertThat(window.isDue(OPEN.plusMillis(900 + 5000))).isTrue();
    TriggerDecision.Starts start = (TriggerDecision.Starts) rules.close(window);
    assertThat(start.inputs()).isEqualTo(Map.of("symbols", List.of("AAPL", "MSFT", "XOM", "T")));
    assertThat(start.revisions()).containsExactly(1L, 2L, 3L, 4L, 5L);
    assertThat(start.key()).isEqualTo("t/1");
  }

  @Test
  void a_window_is_not_prolonged_and_an_event_at_its_very_end_opens_the_next_one() {
    TriggerRules rules = rules(merging("portfolio.updated", UNION));
    CoalesceWindow first =
        waits(rules.next(event(1, 0, Map.of("symbol", "A")), key -> Optional.empty()));
    CoalesceWindow longer =
        waits(rules.next(event(2, 4999, Map.of("symbol", "B")), key -> Optional.of(first)));
    assertThat(longer.end()).isEqualTo(first.end()).isEqualTo(OPEN.plus(WINDOW));
    CoalesceWindow next =
        waits(rules.next(event(3, 5000, Map.of("symbol", "C")), key -> Optional.of(longer)));
    assertThat(next.events()).extracting(TriggerEvent::revision).containsExactly(3L);
    CoalesceWindow early =
        waits(rules.next(event(4, -2, Map.of("symbol", "D")), key -> Optional.of(first)));
    assertThat(early.events()).hasSize(2);
  }

  @Test
  void every_event_is_in_exactly_one_start_in_the_order_of_the_log() {
    for (int seed = 0; seed < 20; seed++) {
      Random random = new Random(seed);
      TriggerRules rules = rules(keyed("event.data.account"));
      Map<String, CoalesceWindow> open = new LinkedHashMap<>();
      List<TriggerDecision.Starts> starts = new ArrayList<>();
      long millis = 0;
      for (int i = 1; i <= 1000; i++) {
        millis += random.nextInt(60);
        TriggerEvent event = event(i, millis, Map.of("account", "DU" + random.nextInt(3)));
        closeDue(open, event.time(), rules, starts);
        CoalesceWindow window = waits(rules.next(event, key -> Optional.ofNullable(open.get(key))));
        open.put(window.key(), window);
      }
      closeDue(open, Instant.MAX, rules, starts);
      List<Long> all = starts.stream().flatMap(start -> start.revisions().stream()).toList();
      assertThat(all).hasSize(1000).doesNotHaveDuplicates();
      assertThat(starts).allSatisfy(start -> assertThat(start.revisions()).isSorted());
      Set<String> keys = new HashSet<>();
      assertThat(starts).allMatch(start -> keys.add(start.key()));
    }
  }

  private static void closeDue(
      Map<String, CoalesceWindow> open,
      Instant seen,
      TriggerRules rules,
      List<TriggerDecision.Starts> starts) {
    new ArrayList<>(open.values())
        .forEach(
            window -> {
              if (window.isDue(seen)) {
                open.remove(window.key());
                starts.add((TriggerDecision.Starts) rules.close(window));
              }
            });
  }

  @Test
  void a_full_window_starts_at_once_and_loses_nothing() {
    TriggerRules rules = rules(merging("portfolio.updated", Map.of("n", "size(events)")));
    Optional<CoalesceWindow> open = Optional.empty();
    for (int i = 1; i <= CoalesceWindow.MAX_EVENTS; i++) {
      Optional<CoalesceWindow> before = open;
      open = Optional.of(waits(rules.next(event(i, i, Map.of()), key -> before)));
    }
    CoalesceWindow full = open.orElseThrow();
    assertThat(full.isDue(OPEN)).isTrue();
    CoalesceWindow next = waits(rules.next(event(1001, 1001, Map.of()), key -> Optional.of(full)));
    assertThat(next.events()).hasSize(1);
    assertThat(((TriggerDecision.Starts) rules.close(full)).inputs()).isEqualTo(Map.of("n", 1000L));
  }

  @Test
  void a_key_that_is_null_or_absent_or_a_list_starts_nothing_and_says_so() {
    TriggerRules rules = rules(keyed("event.data.k"));
    Map<String, Object> none = new HashMap<>();
    none.put("k", null);
    for (Map<String, Object> data :
        List.of(none, Map.<String, Object>of(), Map.<String, Object>of("k", List.of()))) {
      TriggerDecision decision = rules.next(event(1, 0, data), key -> Optional.empty());
      assertThat(decision).isInstanceOf(TriggerDecision.Faulted.class);
      assertThat(((TriggerDecision.Faulted) decision).message()).startsWith("coalesce_key: ");
    }
  }

  @Test
  void a_condition_decides_and_one_without_a_value_is_no_refusal() {
    TriggerRules rules =
        rules(
            plain("market.news", Optional.of("event.data.impact >= 0.7 && !facts.closed")),
            Map.of("closed", false));
    assertThat(next(rules, "market.news", Map.of("impact", 1)))
        .isInstanceOf(TriggerDecision.Starts.class);
    assertThat(next(rules, "market.news", Map.of("impact", 0.5)))
        .isInstanceOf(TriggerDecision.NoMatch.class);
    assertThat(next(rules, "market.news", Map.of())).isInstanceOf(TriggerDecision.Faulted.class);
    TriggerRules without = rules(plain("market.news", Optional.of("facts.closed")));
    assertThat(((TriggerDecision.Faulted) next(without, "market.news", Map.of())).message())
        .contains("facts.closed is absent");
  }

  @Test
  void an_event_that_json_cannot_hold_shows_and_what_the_caller_throws_is_its_own() {
    TriggerRules rules = rules(keyed("event.data.k"));
    TriggerDecision decision =
        rules.next(event(1, 0, Map.of("k", Double.NaN)), key -> Optional.empty());
    assertThat(((TriggerDecision.Faulted) decision).message()).contains("JSON has no NaN");
    assertThatThrownBy(
            () ->
                rules.next(
                    event(1, 0, Map.of("k", "a")),
                    key -> {
                      throw new IllegalArgumentException("the window cannot be read");
                    }))
        .hasMessage("the window cannot be read");
  }

  @Test
  void a_prefix_means_the_types_below_it() {
    CompiledTrigger trigger = compiled(plain("market.*", Optional.empty()));
    assertThat(trigger.isOfType("market.news")).isTrue();
    assertThat(trigger.isOfType("market.news.high")).isTrue();
    assertThat(trigger.isOfType("market")).isFalse();
    assertThat(trigger.isOfType("marketing.news")).isFalse();
  }

  @Test
  void a_start_carries_its_causes_and_a_trigger_in_its_own_chain_does_not_start_again() {
    TriggerRules rules = rules(plain("x.y", Optional.empty()));
    CausationChain causation = CausationChain.NONE;
    for (int i = 0; i < CausationChain.MAX_REPEATS; i++) {
      TriggerEvent event = new TriggerEvent(i, "x.y", OPEN, Map.of(), causation);
      causation = ((TriggerDecision.Starts) rules.next(event, key -> Optional.empty())).causation();
    }
    TriggerDecision last =
        rules.next(new TriggerEvent(9, "x.y", OPEN, Map.of(), causation), key -> Optional.empty());
    assertThat(((TriggerDecision.Refused) last).message()).contains("3 times");
  }

  @Test
  void what_is_wrong_with_a_trigger_is_refused_with_its_field() {
    assertThat(refusal(plain("task.state_changed", Optional.empty())))
        .startsWith("condition: a trigger on \"task.state_changed\"");
    assertThat(refusal(plain("task.*", Optional.empty()))).startsWith("condition: ");
    assertThat(refusal(plain("not a type", Optional.empty()))).startsWith("event_type: ");
    assertThat(refusal(plain("Portfolio.updated", Optional.empty()))).startsWith("event_type: ");
    assertThat(refusal(plain("workflow.ended", Optional.empty()))).startsWith("condition: ");
    assertThat(refusal(plain("x.y", Optional.of("event.n >"))))
        .startsWith("condition: line 1, column 10");
    assertThat(refusal(plain("x.y", Optional.of("inputs.n > 1")))).contains("undeclared reference");
    assertThat(
            refusal(
                new Trigger(
                    "t",
                    "x.y",
                    Optional.empty(),
                    "w",
                    Map.of("s", "event.n"),
                    Optional.empty(),
                    Duration.ZERO)))
        .startsWith("inputs[\"s\"]: line 1, column 1");
    assertThat(
            refusal(
                new Trigger(
                    "t",
                    "x.y",
                    Optional.empty(),
                    "w",
                    Map.of(),
                    Optional.of("event.n"),
                    Duration.ZERO)))
        .startsWith("coalesce_key: ");
    assertThat(
            refusal(
                new Trigger(
                    "t",
                    "x.y",
                    Optional.empty(),
                    "w",
                    Map.of(),
                    Optional.empty(),
                    Duration.ofDays(2))))
        .startsWith("coalesce_window: ");
  }

  @Test
  void a_window_whose_data_are_large_is_full_before_its_inputs_are_too_large() {
    TriggerRules rules = rules(merging("portfolio.updated", Map.of()));
    TriggerEvent large =
        new TriggerEvent(1, "portfolio.updated", OPEN, Map.of(), CausationChain.NONE, 1024 * 1024);
    CoalesceWindow half = waits(rules.next(large, key -> Optional.empty()));
    assertThat(half.isFull()).isFalse();
    CoalesceWindow full = waits(rules.next(large, key -> Optional.of(half)));
    assertThat(full.isFull()).isTrue();
    assertThat(waits(rules.next(large, key -> Optional.of(full))).events()).hasSize(1);
  }

  private static Trigger plain(String type, Optional<String> condition) {
    return new Trigger("t", type, condition, "w", Map.of(), Optional.empty(), Duration.ZERO);
  }

  private static Trigger merging(String type, Map<String, String> inputs) {
    return new Trigger("t", type, Optional.empty(), "w", inputs, Optional.empty(), WINDOW);
  }

  private static Trigger keyed(String key) {
    return new Trigger(
        "t", "portfolio.updated", Optional.empty(), "w", Map.of(), Optional.of(key), WINDOW);
  }

  private static TriggerEvent event(long revision, long millis, Map<String, Object> data) {
    return new TriggerEvent(
        revision,
        "portfolio.updated",
        OPEN.plusMillis(millis),
        Map.of("data", data),
        CausationChain.NONE);
  }

  private static TriggerDecision next(TriggerRules rules, String type, Map<String, Object> data) {
    return rules.next(
        new TriggerEvent(1, type, OPEN, Map.of("data", data), CausationChain.NONE),
        key -> Optional.empty());
  }

  private static CoalesceWindow waits(TriggerDecision decision) {
    return ((TriggerDecision.Waits) decision).window();
  }

  private static TriggerRules rules(Trigger trigger) {
    return rules(trigger, Map.of());
  }

  private static TriggerRules rules(Trigger trigger, Map<String, Object> facts) {
    return new TriggerRules(
        compiled(trigger),
        name -> Optional.ofNullable(facts.get(name)).map(value -> Fact.of(name, value)));
  }

  private static CompiledTrigger compiled(Trigger trigger) {
    try {
      return CompiledTrigger.of(trigger);
    } catch (InvalidTriggerException invalid) {
      throw new AssertionError(invalid.getMessage(), invalid);
    }
  }

  private static String refusal(Trigger trigger) {
    return catchThrowableOfType(InvalidTriggerException.class, () -> CompiledTrigger.of(trigger))
        .getMessage();
  }
}
