import { StateEffect, StateField } from '@codemirror/state'
import type { Extension } from '@codemirror/state'
import { Decoration, EditorView, GutterMarker, gutter } from '@codemirror/view'

/** Marks a line, counted from 1; 0: none. */
export const markLine = StateEffect.define<number>()

/** The marked line; it means the code that is in the editor now, so who changes that tells anew. */
const marked = StateField.define<number>({
  create: () => 0,
  update: (before, { effects }) => effects.findLast((effect) => effect.is(markLine))?.value ?? before,
  provide: (field) =>
    EditorView.decorations.from(field, (line) => ({ state: { doc } }) => {
      if (line === 0 || line > doc.lines) return Decoration.none
      return Decoration.set(Decoration.line({ class: 'cm-failing-line' }).range(doc.line(line).from))
    }),
})

class FailingMark extends GutterMarker {
  override toDOM(): Node {
    const mark = document.createElement('span')
    // A shape beside the colour; the words stand in the result.
    mark.textContent = '✖'
    mark.className = 'cm-failing-mark'
    mark.setAttribute('aria-hidden', 'true')
    return mark
  }
}
const mark = new FailingMark()

export const failingLine: Extension = [
  marked,
  gutter({
    class: 'cm-failing-gutter',
    lineMarker: ({ state }, { from }) => (state.doc.lineAt(from).number === state.field(marked) ? mark : null),
    lineMarkerChange: (update) => update.startState.field(marked) !== update.state.field(marked),
    initialSpacer: () => mark,
  }),
]
