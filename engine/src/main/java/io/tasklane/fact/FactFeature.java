package io.tasklane.fact;

import io.tasklane.feature.EventCodec;
import io.tasklane.feature.Feature;
import java.util.List;

/**
 * Facts as a feature of the engine.
 *
 * @param facts the facts of this engine
 */
public record FactFeature(FactService facts) implements Feature {
  @Override
  public List<EventCodec> events() {
    return FactRows.CODECS;
  }

  @Override
  public List<Object> services() {
    return List.of(facts);
  }
}
