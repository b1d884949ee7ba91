import { python } from '@codemirror/lang-python'
import { indentUnit } from '@codemirror/language'
import { Prec } from '@codemirror/state'
import { EditorView, keymap } from '@codemirror/view'
import CodeMirror from '@uiw/react-codemirror'
import { useEffect, useMemo, useRef, useState } from 'react'
import { t } from '../../text/index.ts'
import { editorLook } from './editor-look.ts'
import { failingLine, markLine } from './failing-line.ts'

export interface CodeEditorProps {
  readonly code: string
  readonly onCode: (code: string) => void
  readonly onRun: () => void
  /** The line (from 1) that failed; undefined: none. */
  readonly failing: number | undefined
  /** Raised when the reader asks for the failing line. */
  readonly visit: number
  /** Id of the text that tells the keys. */
  readonly describedBy: string
}

/** Four spaces, as Python people have it; search is the browser's own. */
const setup = { foldGutter: false, searchKeymap: false, tabSize: 4 }

/** The editor; a chunk of its own, since it is larger than all the rest of a screen. Esc, then Tab leaves it. */
export function CodeEditor({ code, onCode, onRun, failing, visit, describedBy }: CodeEditorProps) {
  const [view, setView] = useState<EditorView>()
  const run = useRef(onRun)
  run.current = onRun
  const extensions = useMemo(
    () => [
      Prec.highest(keymap.of([{ key: 'Mod-Enter', run: () => (run.current(), true) }])),
      python(),
      indentUnit.of('    '),
      EditorView.contentAttributes.of({ 'aria-label': t('playground.editor'), 'aria-describedby': describedBy }),
      failingLine,
      editorLook,
    ],
    [describedBy],
  )
  useEffect(() => view?.dispatch({ effects: markLine.of(failing ?? 0) }), [view, failing])
  useEffect(() => {
    if (visit === 0 || failing === undefined || !view || failing > view.state.doc.lines) return
    view.dispatch({ selection: { anchor: view.state.doc.line(failing).from }, scrollIntoView: true })
    view.focus()
    // Asked for by a click, and not by another failure.
  }, [view, visit])
  return (
    <CodeMirror
      className="playground-code"
      value={code}
      onChange={onCode}
      extensions={extensions}
      basicSetup={setup}
      theme="none"
      height="100%"
      placeholder={t('playground.placeholder')}
      onCreateEditor={setView}
    />
  )
}
