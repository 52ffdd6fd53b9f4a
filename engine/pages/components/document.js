// `streamlit run` serves a document that says nothing of this; see engine/document.py.
export default function ({ data }) {
  const root = document.documentElement
  root.lang = data.language
  root.translate = false
  root.classList.add("notranslate")
  if (document.head.querySelector('meta[name="google"]')) return
  const meta = document.createElement("meta")
  meta.name = "google"
  meta.content = "notranslate"
  document.head.append(meta)
}
