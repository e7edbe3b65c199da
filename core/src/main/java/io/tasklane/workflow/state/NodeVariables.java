package io.tasklane.workflow.state;

import java.util.List;
import java.util.Set;

/**
 * What an instance found out at its start and still needs, such as the list of a for-each. It is
 * the same object as long as nothing of it changes, so that a long list is not written anew for
 * every member that ends.
 *
 * @param branch of a condition, the position of the branch it took; else 0
 * @param items of a for-each, its list
 * @param approvers of an approval, the principals that have approved so far
 */
public record NodeVariables(int branch, List<Object> items, Set<String> approvers) {
  /** Of a node that keeps nothing, as most do. */
  public static final NodeVariables NONE = new NodeVariables(0, List.of(), Set.of());

  /** Of a condition. */
  public static NodeVariables ofBranch(int branch) {
    return new NodeVariables(branch, List.of(), Set.of());
  }

  /** Of a for-each. */
  public static NodeVariables ofItems(List<Object> items) {
    return new NodeVariables(0, items, Set.of());
  }

  /** Of an approval. */
  public static NodeVariables ofApprovers(Set<String> approvers) {
    return new NodeVariables(0, List.of(), Set.copyOf(approvers));
  }
}
