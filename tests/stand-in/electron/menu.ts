import { app } from './app.ts'

type Template = Electron.MenuItemConstructorOptions

export class MenuItem implements Pick<Electron.MenuItem, 'label' | 'type' | 'enabled' | 'visible' | 'checked' | 'id'> {
  readonly id: string
  label: string
  readonly type: 'normal' | 'separator' | 'submenu' | 'checkbox' | 'radio'
  readonly role: string | undefined
  enabled: boolean
  visible: boolean
  checked: boolean
  readonly submenu: Menu | undefined
  readonly accelerator: Electron.Accelerator | undefined
  readonly #click: Template['click']

  constructor(template: Template) {
    const { submenu } = template
    this.id = template.id ?? ''
    this.submenu = Array.isArray(submenu) ? Menu.buildFromTemplate(submenu) : (submenu as unknown as Menu | undefined)
    this.type = (template.type as MenuItem['type'] | undefined) ?? (this.submenu ? 'submenu' : 'normal')
    if (this.type === 'submenu' && !this.submenu && !template.role) throw new TypeError('Invalid submenu')
    this.role = template.role
    this.label = template.label ?? (template.role === undefined ? '' : String(template.role))
    this.enabled = template.enabled ?? true
    this.visible = template.visible ?? true
    this.checked = template.checked ?? false
    this.accelerator = template.accelerator
    this.#click = template.click
  }
  click(): void {
    if (!this.enabled) return
    if (this.role === 'quit') return app.quit()
    if (this.type === 'checkbox') this.checked = !this.checked
    this.#click?.(this as unknown as Electron.MenuItem, undefined, {})
  }
}

export class Menu {
  readonly items: MenuItem[]
  static #application: Menu | null = null

  private constructor(items: MenuItem[]) {
    this.items = items
  }
  static buildFromTemplate(template: readonly Template[]): Menu {
    return new Menu(template.map((item) => new MenuItem(item)))
  }
  static setApplicationMenu(menu: Menu | null): void {
    Menu.#application = menu
  }
  static getApplicationMenu(): Menu | null {
    return Menu.#application
  }
}
