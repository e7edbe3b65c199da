package io.tasklane.grpc.quick;

import com.google.protobuf.Message;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.BiConsumer;

/**
 * Requests that differ from a good one in some fields.
 *
 * @param good the one they differ from
 * @param values what might stand in each of its fields, by its place
 */
record Variety(Message good, Map<Place, List<Object>> values) {
  private static final int MOST_CHANGES = 3;

  static Variety of(Message good) {
    Map<Place, List<Object>> values = new LinkedHashMap<>();
    Place.in(good.getDescriptorForType())
        .forEach(place -> values.put(place, place.candidates(good)));
    return new Variety(good, values);
  }

  /** Every field with everything that it might hold, and without anything. */
  void eachWithOneChange(BiConsumer<Message, Place> use) {
    values.forEach(
        (place, all) -> {
          all.forEach(value -> use.accept(place.put(good, value), place));
          use.accept(place.without(good), place);
        });
  }

  /**
   * With one to three changes to fields that stand together, as those may have a rule in common.
   */
  Message withSomeChanges(Random random) {
    List<Place> places = List.copyOf(values.keySet());
    int first = random.nextInt(places.size());
    Message changed = good;
    for (int i = random.nextInt(MOST_CHANGES); i >= 0; i--) {
      Place place = places.get(Math.min(places.size() - 1, first + random.nextInt(4)));
      List<Object> all = values.get(place);
      int drawn = random.nextInt(all.size() + 1);
      changed = drawn == all.size() ? place.without(changed) : place.put(changed, all.get(drawn));
    }
    return changed;
  }

  /** The fields that the contract has rules for. */
  List<String> ruledFields() {
    return values.keySet().stream().filter(Place::isRuled).map(Place::name).toList();
  }

  @Override
  public String toString() {
    return good.getDescriptorForType().getName();
  }
}
