// Says in words what a control's label shows as a formula, and lets the keyboard scroll a table
// or a formula that is wider than the page. Both are Streamlit's elements, which know nothing of either.
//
// data: {signs: {sign: words}, forms: {form: "… {base} …"}}
let namer = null
const users = new Set()
const CONTROLS = "button, summary, a[href], label"
const ALIKE = { "-": "−", "|": "∣", "‖": "∥", "∗": "*", "ˆ": "^", "˜": "~", "¯": "ˉ", "'": "′" }
const BARS = ["∥", "∣"]

const sign = (text) => ALIKE[text] ?? text

const fill = (form, parts) => form.replace(/\{(\w+)\}/g, (_, name) => parts[name])

// In parentheses, where it would not be clear how far it reaches.
const grouped = (text) => (text.includes(" ") ? `(${text})` : text)

// ---- a formula in words -------------------------------------------------------------------------

function spoken(node, { signs, forms }) {
  const say = (part) => (part ? spoken(part, { signs, forms }) : "")
  const parts = Array.from(node.children)
  const [first, second, third] = parts
  const raised = (base, index) => {
    const exponent = say(index)
    const form = forms[sign(index.textContent.trim())] ?? forms.power
    return fill(form, { base, index: exponent })
  }
  const lowered = (base, index) => fill(forms.sub, { base, index: letters(index) ?? say(index) })
  switch (node.localName) {
    case "annotation":
    case "mspace":
    case "mphantom":
      return ""
    case "mi":
    case "mn":
    case "mo":
    case "mtext": {
      const text = node.textContent.replace(/[\u2061-\u2064]/g, "").trim()
      return signs[sign(text)] ?? text
    }
    case "mfrac":
      return fill(forms.over, { upper: grouped(say(first)), lower: grouped(say(second)) })
    case "msqrt":
      return fill(forms.root, { inner: grouped(row(parts, say, forms)) })
    case "msup":
      return raised(say(first), second)
    case "msub":
    case "munder":
      return lowered(say(first), second)
    case "msubsup":
    case "munderover":
      return raised(lowered(say(first), second), third)
    case "mover": {
      const form = forms[sign(second.textContent.trim())]
      return form ? fill(form, { base: say(first) }) : raised(say(first), second)
    }
    default:
      return row(parts, say, forms)
  }
}

// "in" of n_{in} comes letter by letter.
function letters(node) {
  const parts = node.localName === "mrow" ? Array.from(node.children) : []
  const word = parts.length > 1 && parts.every((part) => part.localName === "mi")
  return word && /^[a-z]+$/.test(node.textContent) ? node.textContent : null
}

const barOf = (node) => {
  const base = node.localName === "msup" || node.localName === "msub" ? node.children[0] : node
  const found = base.children.length === 0 ? sign(base.textContent.trim()) : ""
  return BARS.includes(found) ? found : null
}

// One part after another; what stands between two bars is a norm or an absolute value.
function row(parts, say, forms) {
  const told = []
  for (let n = 0; n < parts.length; n++) {
    const bar = barOf(parts[n])
    const end = bar ? parts.findIndex((part, m) => m > n && barOf(part) === bar) : -1
    if (end < 0) {
      told.push(say(parts[n]))
      continue
    }
    const inner = grouped(row(parts.slice(n + 1, end), say, forms))
    told.push(closed(fill(forms[bar], { inner }), parts[end], say, forms))
    n = end
  }
  return told
    .filter((text) => text !== "")
    .join(" ")
    .replace(/\( /g, "(")
    .replace(/ (?=[),])/g, "")
}

// The bar that closes may carry an exponent or an index.
function closed(inside, bar, say, forms) {
  if (bar.children.length === 0) return inside
  const index = bar.children[1]
  const form = bar.localName === "msub" ? forms.sub : forms[sign(index.textContent.trim())]
  return fill(form ?? forms.power, { base: `(${inside})`, index: say(index) })
}

// ---- on the page --------------------------------------------------------------------------------

// Anywhere else a formula's MathML is read out.
function nameAll({ data }) {
  for (const formula of document.querySelectorAll(`:is(${CONTROLS}) .katex`)) {
    const math = formula.querySelector("math")
    const name = math ? spoken(math, data) : formula.textContent
    if (formula.getAttribute("aria-label") === name) continue
    formula.setAttribute("role", "img")
    formula.setAttribute("aria-label", name)
    formula.dataset.simcardsNamed = ""
    // Streamlit names a checkbox by its label's source, with dollar signs and commands.
    formula.closest("label")?.querySelector("input[aria-label]")?.removeAttribute("aria-label")
  }
  // An element that held a formula may hold words now.
  for (const left of document.querySelectorAll("[data-simcards-named]:not(.katex)")) {
    for (const name of ["role", "aria-label", "data-simcards-named"]) left.removeAttribute(name)
  }
}

const WIDE = "[data-testid=stMarkdownContainer] :is(table, .katex-display)"

function scrollAll() {
  for (const wide of document.querySelectorAll(WIDE)) {
    if (wide.scrollWidth > wide.clientWidth && getComputedStyle(wide).overflowX !== "visible")
      wide.tabIndex = 0
    else wide.removeAttribute("tabindex")
  }
}

// ---- the component ------------------------------------------------------------------------------

function look(state) {
  if (state.looking) return
  state.looking = setTimeout(() => {
    state.looking = 0
    nameAll(state)
    scrollAll()
  }, 30)
}

function install() {
  const state = { data: null, looking: 0 }
  const observer = new MutationObserver(() => look(state))
  observer.observe(document.body, { subtree: true, childList: true, characterData: true })
  const resized = () => look(state)
  window.addEventListener("resize", resized)
  state.stop = () => {
    observer.disconnect()
    window.removeEventListener("resize", resized)
    clearTimeout(state.looking)
  }
  return state
}

export default function (component) {
  const { data, parentElement } = component
  namer ??= install()
  users.add(parentElement)
  namer.data = data
  look(namer)
  return () => {
    users.delete(parentElement)
    if (users.size > 0) return
    namer.stop()
    namer = null
  }
}
