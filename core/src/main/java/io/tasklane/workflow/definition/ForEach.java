package io.tasklane.workflow.definition;

import java.util.List;

/**
 * A copy of a node for every element of a list, or for every batch of elements: 81 symbols in
 * batches of 2 are 41 copies. Its output is the list of the outputs of the copies, in their order.
 *
 * @param items CEL that yields the list; one that is absent, null or no list fails the node
 * @param batchSize elements of one copy; {@code item} is the element itself where it is 1, else a
 *     list of elements
 * @param maximumParallel how many copies may be open at once; 0 for all
 * @param policy what a bad end of one copy means
 * @param node what is copied
 */
public record ForEach(
    String items, int batchSize, int maximumParallel, FailurePolicy policy, Node node)
    implements NodeKind {
  @Override
  public List<Node> children() {
    return List.of(node);
  }

  /** How many copies a list of this size makes. */
  public int copies(int elements) {
    return (elements + batchSize - 1) / batchSize;
  }

  /** What the copy at this position is given. */
  public Object item(List<?> elements, int position) {
    if (batchSize == 1) {
      return elements.get(position);
    }
    int from = position * batchSize;
    return elements.subList(from, Math.min(from + batchSize, elements.size()));
  }
}
