package io.tasklane.trading.fundamentals;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What a company has reported, as far as it was known on a day.
 *
 * @param entity the company's name as it files; may be empty
 * @param byName facts by the taxonomy's name, each list in the order of the file
 */
record CompanyFacts(String entity, Map<String, List<Fact>> byName) {

  private record Span(Optional<LocalDate> start, LocalDate end) {}

  /** Keeps an own copy. */
  CompanyFacts {
    byName = Map.copyOf(byName);
  }

  /** Without what was filed later. */
  CompanyFacts knownOn(LocalDate day) {
    Map<String, List<Fact>> known = new LinkedHashMap<>();
    byName.forEach(
        (name, facts) ->
            known.put(name, facts.stream().filter(fact -> !fact.filed().isAfter(day)).toList()));
    return new CompanyFacts(entity, known);
  }

  /** The newest filing. */
  Optional<Fact> newest() {
    return byName.values().stream().flatMap(List::stream).max(Comparator.comparing(Fact::filed));
  }

  /** The first day on which something is filed that is not known on that day yet. */
  Optional<LocalDate> firstFiledAfter(LocalDate day) {
    return byName.values().stream()
        .flatMap(List::stream)
        .map(Fact::filed)
        .filter(filed -> filed.isAfter(day))
        .min(Comparator.naturalOrder());
  }

  /**
   * One fact for each span or day: the one filed last, which restates those before it. Of two filed
   * on one day the later in the file holds.
   */
  List<Fact> latest(String name) {
    Map<Span, Fact> latest = new LinkedHashMap<>();
    for (Fact fact : byName.getOrDefault(name, List.of())) {
      latest.merge(
          new Span(fact.start(), fact.end()),
          fact,
          (before, now) -> now.filed().isBefore(before.filed()) ? before : now);
    }
    return new ArrayList<>(latest.values());
  }
}
